namespace LrpGen.Onnx.Format;

/// <summary>ONNX's numbers for the types of elements, as far as LrpGen reads them.</summary>
internal enum ElementType
{
    Float = 1,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Double = 11,
}
