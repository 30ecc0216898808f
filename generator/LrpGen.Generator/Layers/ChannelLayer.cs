using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>What layers have in common that see the channels of an image (C, H, W), a signal (C, L) or a vector (C) side by side.</summary>
internal abstract record ChannelLayer : PlannedOperation
{
    public override bool IsSelection => false;

    public override int LanesToRead(Shape input, int present) => 0;

    public override int LanesWritten(Shape input, int lanes) => 0;
}
