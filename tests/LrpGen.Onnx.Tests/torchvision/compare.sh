#!/usr/bin/env bash
# Imports each MODEL.onnx, builds the class, and compares its prediction with ONNX Runtime's. usage: compare.sh MODEL.onnx ...
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seconds() { date +%s.%N; }
elapsed() { printf '%.1f s' "$(echo "$(seconds) - $1" | bc)"; }

dotnet build "$here/../../../runtime/LrpGen.Tool" -c Release -v q > "$work/log" || { cat "$work/log"; exit 1; }
for model in "$@"; do
  rm -rf "$work/imported"
  start=$(seconds)
  dotnet "$here/../../../runtime/LrpGen.Tool/bin/Release/net10.0/LrpGen.Tool.dll" import "$model" -o "$work/imported" > "$work/log" || { cat "$work/log"; continue; }
  import=$(elapsed "$start")
  start=$(seconds)
  dotnet build "$here/Compare" -c Release -v q -p:Class="$(echo "$work"/imported/*.cs)" -o "$work/out" > "$work/log" || { cat "$work/log"; continue; }
  build=$(elapsed "$start")
  echo "$(basename "$model") import $import, build $build: $(dotnet "$work/out/Compare.dll" "$model" "$work"/imported/*.safetensors)"
done
