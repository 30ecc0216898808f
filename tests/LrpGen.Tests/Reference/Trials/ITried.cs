namespace LrpGen.Tests.Reference;

/// <summary>A kind of layer; the record of each is one, and says what is tried of it.</summary>
internal interface ITried
{
    static abstract LayerTrials Trials { get; }
}
