namespace LrpGen
{
    public sealed class AdaptiveAvgPool1dAttribute : LrpGen.LayerAttribute
    {
        public AdaptiveAvgPool1dAttribute(object outputSize) { }
        public object OutputSize { get; }
    }
    public sealed class AdaptiveAvgPool2dAttribute : LrpGen.LayerAttribute
    {
        public AdaptiveAvgPool2dAttribute(object outputSize) { }
        public AdaptiveAvgPool2dAttribute(object outputHeight, object outputWidth) { }
        public object OutputHeight { get; }
        public object OutputWidth { get; }
    }
    public sealed class AdaptiveMaxPool1dAttribute : LrpGen.LayerAttribute
    {
        public AdaptiveMaxPool1dAttribute(object outputSize) { }
        public object OutputSize { get; }
    }
    public sealed class AdaptiveMaxPool2dAttribute : LrpGen.LayerAttribute
    {
        public AdaptiveMaxPool2dAttribute(object outputSize) { }
        public AdaptiveMaxPool2dAttribute(object outputHeight, object outputWidth) { }
        public object OutputHeight { get; }
        public object OutputWidth { get; }
    }
    public sealed class AddAttribute : LrpGen.LayerAttribute
    {
        public AddAttribute(params string[] inputs) { }
        public System.Collections.Generic.IReadOnlyList<string> Inputs { get; }
    }
    [LrpGen.Rules.Epsilon(1E-06D)]
    [LrpGen.Rules.Halves]
    [LrpGen.Rules.Taylor]
    public readonly struct AttnLRP : LrpGen.IComposite { }
    public sealed class AvgPool1dAttribute : LrpGen.Pool1dAttribute
    {
        public AvgPool1dAttribute(object kernelSize) { }
        public bool CountIncludePad { get; set; }
    }
    public sealed class AvgPool2dAttribute : LrpGen.Pool2dAttribute
    {
        public AvgPool2dAttribute(object kernelSize) { }
        public AvgPool2dAttribute(object kernelHeight, object kernelWidth) { }
        public bool CountIncludePad { get; set; }
    }
    public sealed class BatchNorm1dAttribute : LrpGen.WeightedLayerAttribute
    {
        public BatchNorm1dAttribute() { }
        public double Eps { get; set; }
    }
    public sealed class BatchNorm2dAttribute : LrpGen.WeightedLayerAttribute
    {
        public BatchNorm2dAttribute() { }
        public double Eps { get; set; }
    }
    public sealed class BlockAttribute<TBlock> : LrpGen.LayerAttribute
    {
        public BlockAttribute(params object[] arguments) { }
        public System.Collections.Generic.IReadOnlyList<object> Arguments { get; }
        public object Repeat { get; set; }
    }
    public sealed class CELUAttribute : LrpGen.LayerAttribute
    {
        public CELUAttribute(double alpha = 1) { }
        public double Alpha { get; }
    }
    [LrpGen.Rules.Epsilon(1E-06D)]
    [LrpGen.Rules.Gated]
    public readonly struct CPLRP : LrpGen.IComposite { }
    public sealed class ChannelShuffleAttribute : LrpGen.LayerAttribute
    {
        public ChannelShuffleAttribute(object groups) { }
        public object Groups { get; }
    }
    public sealed class ClassTokenAttribute : LrpGen.LayerAttribute
    {
        public ClassTokenAttribute() { }
    }
    public sealed class Completeness : System.IEquatable<LrpGen.Completeness>
    {
        public Completeness(double Value, double ReferenceValue, double RelevanceSum) { }
        public double Error { get; }
        public double ReferenceValue { get; init; }
        public double RelevanceSum { get; init; }
        public double Value { get; init; }
    }
    public sealed class ConcatAttribute : LrpGen.LayerAttribute
    {
        public ConcatAttribute(params string[] inputs) { }
        public int Dim { get; set; }
        public System.Collections.Generic.IReadOnlyList<string> Inputs { get; }
    }
    public sealed class Conv1dAttribute : LrpGen.WeightedLayerAttribute
    {
        public Conv1dAttribute(object outChannels, object kernelSize) { }
        public bool Bias { get; set; }
        public object Dilation { get; set; }
        public object Groups { get; set; }
        public object KernelSize { get; }
        public object OutChannels { get; }
        public object Padding { get; set; }
        public object Stride { get; set; }
    }
    public sealed class Conv2dAttribute : LrpGen.WeightedLayerAttribute
    {
        public Conv2dAttribute(object outChannels, object kernelSize) { }
        public Conv2dAttribute(object outChannels, object kernelHeight, object kernelWidth) { }
        public bool Bias { get; set; }
        public object Dilation { get; set; }
        public object? DilationH { get; set; }
        public object? DilationW { get; set; }
        public object Groups { get; set; }
        public object KernelHeight { get; }
        public object KernelWidth { get; }
        public object OutChannels { get; }
        public object Padding { get; set; }
        public object? PaddingH { get; set; }
        public object? PaddingW { get; set; }
        public object Stride { get; set; }
        public object? StrideH { get; set; }
        public object? StrideW { get; set; }
    }
    public sealed class ConvTranspose1dAttribute : LrpGen.WeightedLayerAttribute
    {
        public ConvTranspose1dAttribute(object outChannels, object kernelSize) { }
        public bool Bias { get; set; }
        public object Dilation { get; set; }
        public object Groups { get; set; }
        public object KernelSize { get; }
        public object OutChannels { get; }
        public object OutputPadding { get; set; }
        public object Padding { get; set; }
        public object Stride { get; set; }
    }
    public sealed class ConvTranspose2dAttribute : LrpGen.WeightedLayerAttribute
    {
        public ConvTranspose2dAttribute(object outChannels, object kernelSize) { }
        public ConvTranspose2dAttribute(object outChannels, object kernelHeight, object kernelWidth) { }
        public bool Bias { get; set; }
        public object Dilation { get; set; }
        public object? DilationH { get; set; }
        public object? DilationW { get; set; }
        public object Groups { get; set; }
        public object KernelHeight { get; }
        public object KernelWidth { get; }
        public object OutChannels { get; }
        public object OutputPadding { get; set; }
        public object? OutputPaddingH { get; set; }
        public object? OutputPaddingW { get; set; }
        public object Padding { get; set; }
        public object? PaddingH { get; set; }
        public object? PaddingW { get; set; }
        public object Stride { get; set; }
        public object? StrideH { get; set; }
        public object? StrideW { get; set; }
    }
    public enum ConvolutionMethod
    {
        Fastest = 0,
        Direct = 1,
    }
    public readonly struct CosineObjective : LrpGen.IObjective
    {
        public void Gradient(LrpGen.Outputs outputs) { }
        public void Relevance(LrpGen.Outputs outputs) { }
        public float Value(LrpGen.Outputs outputs) { }
    }
    [LrpGen.Rules.Derivative]
    [LrpGen.Rules.Rectified]
    [LrpGen.Rules.Start(LrpGen.Seed.One)]
    public readonly struct DeconvNet : LrpGen.IComposite { }
    [LrpGen.Rules.WSquare(First=true)]
    [LrpGen.Rules.ZBox(First=true, When=LrpGen.Rules.Condition.BoundsGiven)]
    [LrpGen.Rules.ZPlus]
    [LrpGen.Rules.ZPlus(First=true, When=LrpGen.Rules.Condition.NonNegativeInput)]
    public readonly struct DeepTaylor : LrpGen.IComposite { }
    public sealed class DropoutAttribute : LrpGen.LayerAttribute
    {
        public DropoutAttribute(double p = 0.5) { }
        public double P { get; }
    }
    public sealed class ELUAttribute : LrpGen.LayerAttribute
    {
        public ELUAttribute(double alpha = 1) { }
        public double Alpha { get; }
    }
    public sealed class EmbeddingAttribute : LrpGen.LayerAttribute
    {
        public EmbeddingAttribute(object count, object features) { }
        public object Count { get; }
        public object Features { get; }
    }
    [LrpGen.Rules.AlphaBeta(2D, 1D, On=LrpGen.Rules.LayerKinds.Convolution)]
    [LrpGen.Rules.Epsilon(1E-06D, On=LrpGen.Rules.LayerKinds.Linear)]
    public readonly struct EpsilonAlpha2Beta1 : LrpGen.IComposite { }
    [LrpGen.Rules.AlphaBeta(2D, 1D, On=LrpGen.Rules.LayerKinds.Convolution)]
    [LrpGen.Rules.Epsilon(1E-06D, On=LrpGen.Rules.LayerKinds.Linear)]
    [LrpGen.Rules.Flat(First=true)]
    public readonly struct EpsilonAlpha2Beta1Flat : LrpGen.IComposite { }
    [LrpGen.Rules.Epsilon(1E-06D, On=LrpGen.Rules.LayerKinds.Linear)]
    [LrpGen.Rules.Gamma(0.25D, On=LrpGen.Rules.LayerKinds.Convolution)]
    [LrpGen.Rules.ZBox(First=true, On=LrpGen.Rules.LayerKinds.Convolution)]
    public readonly struct EpsilonGammaBox : LrpGen.IComposite { }
    [LrpGen.Rules.Epsilon(1E-06D, On=LrpGen.Rules.LayerKinds.Linear)]
    [LrpGen.Rules.ZPlus(On=LrpGen.Rules.LayerKinds.Convolution)]
    public readonly struct EpsilonPlus : LrpGen.IComposite { }
    [LrpGen.Rules.Epsilon(1E-06D, On=LrpGen.Rules.LayerKinds.Linear)]
    [LrpGen.Rules.Flat(First=true)]
    [LrpGen.Rules.ZPlus(On=LrpGen.Rules.LayerKinds.Convolution)]
    public readonly struct EpsilonPlusFlat : LrpGen.IComposite { }
    [LrpGen.Rules.Derivative(On=LrpGen.Rules.LayerKinds.Activation)]
    [LrpGen.Rules.ZPlus]
    public readonly struct ExcitationBackprop : LrpGen.IComposite { }
    public abstract class ExplainAttribute : System.Attribute
    {
        protected ExplainAttribute() { }
        public double Alpha { get; set; }
        public double Baseline { get; set; }
        public double Beta { get; set; }
        public double Epsilon { get; set; }
        public double Gamma { get; set; }
        public double High { get; set; }
        public double[] Highs { get; set; }
        public double Low { get; set; }
        public double[] Lows { get; set; }
        public string? Mask { get; set; }
        public int MaskAxis { get; set; }
        public string? Name { get; set; }
        public double Noise { get; set; }
        public int RandomSeed { get; set; }
        public int Samples { get; set; }
        public LrpGen.Seed Seed { get; set; }
        public double Stabilizer { get; set; }
        public int Steps { get; set; }
        public int Stride { get; set; }
        public int Window { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class ExplainAttribute<TComposite> : LrpGen.ExplainAttribute
    {
        public ExplainAttribute() { }
    }
    public sealed class Explanation
    {
        public LrpGen.Completeness? Completeness { get; }
        public LrpGen.LayerTrace this[string layer] { get; }
        public System.Collections.Generic.IReadOnlyList<LrpGen.LayerTrace> Layers { get; }
        public LrpGen.Ledger? Ledger { get; }
        public string Name { get; }
        public System.ReadOnlyMemory<float> Output { get; }
        public System.ReadOnlyMemory<float> Relevance { get; }
        public int Target { get; }
        public bool TryGetLayer(string layer, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LrpGen.LayerTrace? trace) { }
    }
    public sealed class ExplanationDescription : System.IEquatable<LrpGen.ExplanationDescription>
    {
        public ExplanationDescription(string Name, string Composite, System.Collections.Generic.IReadOnlyList<LrpGen.LayerRule> Rules, long Bytes, string? Procedure = null) { }
        public long Bytes { get; init; }
        public string Composite { get; init; }
        public string Name { get; init; }
        public string? Procedure { get; init; }
        public System.Collections.Generic.IReadOnlyList<LrpGen.LayerRule> Rules { get; init; }
    }
    public sealed class FlattenAttribute : LrpGen.LayerAttribute
    {
        public FlattenAttribute() { }
        public int StartDim { get; set; }
    }
    public sealed class GELUAttribute : LrpGen.LayerAttribute
    {
        public GELUAttribute() { }
        public LrpGen.GeluApproximation Approximate { get; set; }
    }
    public sealed class GRUAttribute : LrpGen.RecurrentLayerAttribute
    {
        public GRUAttribute(object hidden) { }
    }
    [LrpGen.Rules.Epsilon(1E-06D, On=LrpGen.Rules.LayerKinds.Projection)]
    [LrpGen.Rules.Gamma(0.05D, On=LrpGen.Rules.LayerKinds.Linear)]
    [LrpGen.Rules.Gamma(0.25D, On=LrpGen.Rules.LayerKinds.Convolution)]
    [LrpGen.Rules.Gated]
    public readonly struct GammaCPLRP : LrpGen.IComposite { }
    public enum GeluApproximation
    {
        None = 0,
        Tanh = 1,
    }
    [LrpGen.Rules.Derivative]
    [LrpGen.Rules.Start(LrpGen.Seed.One)]
    public readonly struct Gradient : LrpGen.IComposite { }
    public sealed class GroupNormAttribute : LrpGen.WeightedLayerAttribute
    {
        public GroupNormAttribute(object groups) { }
        public bool Affine { get; set; }
        public double Eps { get; set; }
        public object Groups { get; }
    }
    [LrpGen.Rules.Derivative]
    [LrpGen.Rules.Guided]
    [LrpGen.Rules.Start(LrpGen.Seed.One)]
    public readonly struct GuidedBackprop : LrpGen.IComposite { }
    public sealed class HardsigmoidAttribute : LrpGen.LayerAttribute
    {
        public HardsigmoidAttribute() { }
    }
    public sealed class HardswishAttribute : LrpGen.LayerAttribute
    {
        public HardswishAttribute() { }
    }
    public sealed class HardtanhAttribute : LrpGen.LayerAttribute
    {
        public HardtanhAttribute(double min = -1, double max = 1) { }
        public double Max { get; }
        public double Min { get; }
    }
    public interface IBlock { }
    public interface IComposite { }
    public interface INetwork : LrpGen.INetworkOf<float>
    {
        void ExplainBatch(string explanation, System.ReadOnlyMemory<float> inputs, System.ReadOnlyMemory<int> targets, System.Memory<float> relevances, int maxDegreeOfParallelism = -1);
        void ExplainBatch<TObjective>(string explanation, System.ReadOnlyMemory<float> inputs, System.Collections.Generic.IReadOnlyList<TObjective> objectives, System.Memory<float> relevances, int maxDegreeOfParallelism = -1)
            where TObjective : LrpGen.IObjective;
        void ForwardBatch(System.ReadOnlyMemory<float> inputs, System.Memory<float> outputs, int maxDegreeOfParallelism = -1);
        LrpGen.INetwork WithThreads(int threads);
    }
    public interface INetworkOf<TInput>
        where TInput :  unmanaged
    {
        LrpGen.NetworkDescription Description { get; }
        System.Collections.Generic.IReadOnlyList<string> Explanations { get; }
        int InputSize { get; }
        int OutputSize { get; }
        void Explain(string explanation, System.ReadOnlySpan<TInput> input, System.ReadOnlySpan<float> outputRelevance, System.Span<float> relevance);
        void Explain(string explanation, System.ReadOnlySpan<TInput> input, int target, System.Span<float> relevance);
        void Explain<TObjective>(string explanation, System.ReadOnlySpan<TInput> input, TObjective objective, System.Span<float> relevance)
            where TObjective : LrpGen.IObjective;
        void ExplainBatch(string explanation, System.Collections.Generic.IReadOnlyList<System.ReadOnlyMemory<TInput>> inputs, System.ReadOnlyMemory<int> targets, System.Collections.Generic.IReadOnlyList<System.Memory<float>> relevances, int maxDegreeOfParallelism = -1);
        void ExplainBatch<TObjective>(string explanation, System.Collections.Generic.IReadOnlyList<System.ReadOnlyMemory<TInput>> inputs, System.Collections.Generic.IReadOnlyList<TObjective> objectives, System.Collections.Generic.IReadOnlyList<System.Memory<float>> relevances, int maxDegreeOfParallelism = -1)
            where TObjective : LrpGen.IObjective;
        void Forward(System.ReadOnlySpan<TInput> input, System.Span<float> output);
        void ForwardBatch(System.Collections.Generic.IReadOnlyList<System.ReadOnlyMemory<TInput>> inputs, System.Collections.Generic.IReadOnlyList<System.Memory<float>> outputs, int maxDegreeOfParallelism = -1);
        LrpGen.Explanation Trace(string explanation, System.ReadOnlySpan<TInput> input, int target);
        LrpGen.Explanation Trace<TObjective>(string explanation, System.ReadOnlySpan<TInput> input, TObjective objective)
            where TObjective : LrpGen.IObjective;
    }
    public interface INetwork<TSelf> : LrpGen.INetwork, LrpGen.INetworkOf<float>
        where TSelf : LrpGen.INetwork<TSelf>
    {
        TSelf Load(LrpGen.ITensorSource source);
    }
    public interface IObjective
    {
        void Gradient(LrpGen.Outputs outputs);
        void Relevance(LrpGen.Outputs outputs);
        float Value(LrpGen.Outputs outputs);
    }
    public interface ITensorSource
    {
        string Description { get; }
        System.Collections.Generic.IReadOnlyCollection<string> Names { get; }
        void Read(string name, System.Span<float> destination);
        bool TryGetShape(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out System.Collections.Generic.IReadOnlyList<long>? shape);
    }
    public interface ITokenNetwork : LrpGen.INetworkOf<int>
    {
        LrpGen.ITokenNetwork WithThreads(int threads);
    }
    public interface ITokenNetwork<TSelf> : LrpGen.INetworkOf<int>, LrpGen.ITokenNetwork
        where TSelf : LrpGen.ITokenNetwork<TSelf>
    {
        TSelf Load(LrpGen.ITensorSource source);
    }
    public sealed class IdentityAttribute : LrpGen.LayerAttribute
    {
        public IdentityAttribute() { }
    }
    [LrpGen.Rules.Derivative]
    [LrpGen.Rules.Start(LrpGen.Seed.One)]
    [LrpGen.Rules.TimesInput]
    public readonly struct InputTimesGradient : LrpGen.IComposite { }
    public sealed class InstanceNorm1dAttribute : LrpGen.WeightedLayerAttribute
    {
        public InstanceNorm1dAttribute() { }
        public bool Affine { get; set; }
        public double Eps { get; set; }
    }
    public sealed class InstanceNorm2dAttribute : LrpGen.WeightedLayerAttribute
    {
        public InstanceNorm2dAttribute() { }
        public bool Affine { get; set; }
        public double Eps { get; set; }
    }
    [LrpGen.Rules.AlongPath(32, 0D)]
    [LrpGen.Rules.Derivative]
    [LrpGen.Rules.Start(LrpGen.Seed.One)]
    public readonly struct IntegratedGradients : LrpGen.IComposite { }
    public sealed class LSTMAttribute : LrpGen.RecurrentLayerAttribute
    {
        public LSTMAttribute(object hidden) { }
    }
    public sealed class LayerArgument : System.IEquatable<LrpGen.LayerArgument>
    {
        public LayerArgument(string Name, [System.Runtime.CompilerServices.ParamCollection] System.Collections.Generic.IReadOnlyList<double> Values) { }
        public string Name { get; init; }
        public System.Collections.Generic.IReadOnlyList<double> Values { get; init; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class | System.AttributeTargets.Struct, AllowMultiple=true, Inherited=false)]
    public abstract class LayerAttribute : System.Attribute
    {
        protected LayerAttribute() { }
        public string? From { get; set; }
        public string? Name { get; set; }
    }
    public sealed class LayerDescription : System.IEquatable<LrpGen.LayerDescription>
    {
        public LayerDescription(string Name, string Kind, string Operation, System.Collections.Generic.IReadOnlyList<string> Inputs, System.Collections.Generic.IReadOnlyList<int> OutputShape, long Parameters, long MultiplyAdds, string Plan) { }
        public System.Collections.Generic.IReadOnlyList<LrpGen.LayerArgument> Arguments { get; init; }
        public System.Collections.Generic.IReadOnlyList<string> Inputs { get; init; }
        public string Kind { get; init; }
        public long MultiplyAdds { get; init; }
        public string Name { get; init; }
        public string Operation { get; init; }
        public System.Collections.Generic.IReadOnlyList<int> OutputShape { get; init; }
        public long Parameters { get; init; }
        public string Plan { get; init; }
        public System.Collections.Generic.IReadOnlyList<LrpGen.TensorDescription> Tensors { get; init; }
    }
    public sealed class LayerNormAttribute : LrpGen.WeightedLayerAttribute
    {
        public LayerNormAttribute() { }
        public bool Affine { get; set; }
        public object Axes { get; set; }
        public bool Bias { get; set; }
        public double Eps { get; set; }
    }
    public sealed class LayerRule : System.IEquatable<LrpGen.LayerRule>
    {
        public LayerRule(string Layer, string Rule) { }
        public string Layer { get; init; }
        public string Rule { get; init; }
    }
    public sealed class LayerScaleAttribute : LrpGen.WeightedLayerAttribute
    {
        public LayerScaleAttribute() { }
        public int Dim { get; set; }
    }
    public sealed class LayerTrace : System.IEquatable<LrpGen.LayerTrace>
    {
        public LayerTrace(string Name, System.ReadOnlyMemory<float> Activation, System.ReadOnlyMemory<float> Relevance) { }
        public System.ReadOnlyMemory<float> Activation { get; init; }
        public string Name { get; init; }
        public System.ReadOnlyMemory<float> Relevance { get; init; }
    }
    public sealed class LeakyReLUAttribute : LrpGen.LayerAttribute
    {
        public LeakyReLUAttribute(double slope = 0.01) { }
        public double Slope { get; }
    }
    public sealed class Ledger : System.IEquatable<LrpGen.Ledger>
    {
        public Ledger(System.Collections.Generic.IReadOnlyList<LrpGen.LedgerRow> Rows, double Seed, double Input) { }
        public double Bias { get; }
        public double ClassToken { get; }
        public double Dropped { get; }
        public double Input { get; init; }
        public double Positions { get; }
        public double Residual { get; }
        public System.Collections.Generic.IReadOnlyList<LrpGen.LedgerRow> Rows { get; init; }
        public double Seed { get; init; }
        public double Softmax { get; }
        public double Stabilizer { get; }
        public override string ToString() { }
    }
    public sealed class LedgerRow : System.IEquatable<LrpGen.LedgerRow>
    {
        public LedgerRow(string Layer, string Rule, double Output, double Input, double Bias, double Stabilizer, double Dropped) { }
        public double Bias { get; init; }
        public double ClassToken { get; init; }
        public double Dropped { get; init; }
        public double Input { get; init; }
        public string Layer { get; init; }
        public double Output { get; init; }
        public double Positions { get; init; }
        public double Residual { get; }
        public string Rule { get; init; }
        public double Softmax { get; init; }
        public double Stabilizer { get; init; }
    }
    public sealed class LinearAttribute : LrpGen.WeightedLayerAttribute
    {
        public LinearAttribute(object outFeatures) { }
        public bool Bias { get; set; }
        public object OutFeatures { get; }
        public bool Transposed { get; set; }
    }
    public sealed class LogSigmoidAttribute : LrpGen.LayerAttribute
    {
        public LogSigmoidAttribute() { }
    }
    public sealed class MatMulAttribute : LrpGen.LayerAttribute
    {
        public MatMulAttribute(params string[] inputs) { }
        public object? Heads { get; set; }
        public System.Collections.Generic.IReadOnlyList<string> Inputs { get; }
        public bool TransposeB { get; set; }
    }
    public sealed class MaxAttribute : LrpGen.LayerAttribute
    {
        public MaxAttribute() { }
        public int Dim { get; set; }
    }
    public sealed class MaxPool1dAttribute : LrpGen.Pool1dAttribute
    {
        public MaxPool1dAttribute(object kernelSize) { }
    }
    public sealed class MaxPool2dAttribute : LrpGen.Pool2dAttribute
    {
        public MaxPool2dAttribute(object kernelSize) { }
        public MaxPool2dAttribute(object kernelHeight, object kernelWidth) { }
    }
    public sealed class MeanAttribute : LrpGen.LayerAttribute
    {
        public MeanAttribute() { }
        public int Dim { get; set; }
    }
    public sealed class MishAttribute : LrpGen.LayerAttribute
    {
        public MishAttribute() { }
    }
    public sealed class MultiheadAttentionAttribute : LrpGen.LayerAttribute
    {
        public MultiheadAttentionAttribute(object heads) { }
        public bool Bias { get; set; }
        public bool Causal { get; set; }
        public object Heads { get; }
        public string? Memory { get; set; }
    }
    public sealed class MultiplyAttribute : LrpGen.LayerAttribute
    {
        public MultiplyAttribute(params string[] inputs) { }
        public System.Collections.Generic.IReadOnlyList<string> Inputs { get; }
    }
    public sealed class NarrowAttribute : LrpGen.LayerAttribute
    {
        public NarrowAttribute(object start, object length) { }
        public int Dim { get; set; }
        public object Length { get; }
        public object Start { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, Inherited=false)]
    public sealed class NetworkAttribute : System.Attribute
    {
        public NetworkAttribute(params int[] inputShape) { }
        public LrpGen.ConvolutionMethod Convolution { get; set; }
        public string[] Ignore { get; set; }
        public System.Collections.Generic.IReadOnlyList<int> InputShape { get; }
        public int Tokens { get; set; }
        public bool Variable { get; set; }
    }
    public sealed class NetworkDescription : System.IEquatable<LrpGen.NetworkDescription>
    {
        public const string InputName = "input";
        public NetworkDescription(string Name, System.Collections.Generic.IReadOnlyList<int> InputShape, System.Collections.Generic.IReadOnlyList<LrpGen.LayerDescription> Layers, System.Collections.Generic.IReadOnlyList<LrpGen.ExplanationDescription> Explanations, long WorkspaceBytes, long WeightBytes) { }
        public System.Collections.Generic.IReadOnlyList<LrpGen.ExplanationDescription> Explanations { get; init; }
        public System.Collections.Generic.IReadOnlyList<string> Ignored { get; init; }
        public System.Collections.Generic.IReadOnlyList<int> InputShape { get; init; }
        public bool IsOfTokens { get; }
        public bool IsVariable { get; init; }
        public System.Collections.Generic.IReadOnlyList<LrpGen.LayerDescription> Layers { get; init; }
        public string Name { get; init; }
        public System.Collections.Generic.IEnumerable<LrpGen.TensorDescription> Tensors { get; }
        public long WeightBytes { get; init; }
        public long WorkspaceBytes { get; init; }
        public override string ToString() { }
    }
    public sealed class NoRootException : System.InvalidOperationException { }
    public sealed class NormalizeAttribute : LrpGen.LayerAttribute
    {
        public NormalizeAttribute() { }
    }
    public static class Objective
    {
        public static LrpGen.CosineObjective Cosine(System.ReadOnlyMemory<float> vector) { }
        public static LrpGen.CosineObjective Cosine(System.ReadOnlyMemory<float> vector, int row) { }
        public static LrpGen.SumObjective<LrpGen.OutputObjective, LrpGen.OutputObjective> Difference(int output, int other) { }
        public static LrpGen.SumObjective<TFirst, TSecond> Difference<TFirst, TSecond>(TFirst first, TSecond second)
            where TFirst : LrpGen.IObjective
            where TSecond : LrpGen.IObjective { }
        public static LrpGen.OutputObjective Output(int index) { }
        public static LrpGen.OutputObjective Output(int row, int column) { }
        public static LrpGen.SumObjective<TFirst, TSecond> Sum<TFirst, TSecond>(TFirst first, TSecond second, float firstWeight = 1, float secondWeight = 1)
            where TFirst : LrpGen.IObjective
            where TSecond : LrpGen.IObjective { }
    }
    [LrpGen.Rules.Occlude(8, 4, 0D)]
    public readonly struct Occlusion : LrpGen.IComposite { }
    public readonly struct OutputObjective : LrpGen.IObjective
    {
        public void Gradient(LrpGen.Outputs outputs) { }
        public void Relevance(LrpGen.Outputs outputs) { }
        public float Value(LrpGen.Outputs outputs) { }
    }
    public readonly ref struct Outputs
    {
        public Outputs(System.ReadOnlySpan<float> values, [System.Runtime.CompilerServices.ScopedRef] in LrpGen.Execution.Arrangement arrangement, int columns, System.Span<float> start) { }
        public int Columns { get; }
        public int Count { get; }
        public float this[int index] { get; }
        public int Rows { get; }
        public void Add(int index, float value) { }
        public int IndexOf(int row, int column) { }
    }
    public sealed class PReLUAttribute : LrpGen.WeightedLayerAttribute
    {
        public PReLUAttribute() { }
        public PReLUAttribute(object numParameters) { }
        public object? NumParameters { get; }
    }
    public abstract class Pad2dAttribute : LrpGen.LayerAttribute
    {
        protected Pad2dAttribute(object left, object right, object top, object bottom) { }
        public object Bottom { get; }
        public object Left { get; }
        public object Right { get; }
        public object Top { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Struct, Inherited=false)]
    public sealed class ParametersAttribute : System.Attribute
    {
        public ParametersAttribute(params string[] names) { }
        public System.Collections.Generic.IReadOnlyList<string> Names { get; }
    }
    public sealed class PermuteAttribute : LrpGen.LayerAttribute
    {
        public PermuteAttribute(params int[] dims) { }
        public System.Collections.Generic.IReadOnlyList<int> Dims { get; }
    }
    public sealed class PixelShuffleAttribute : LrpGen.LayerAttribute
    {
        public PixelShuffleAttribute(object factor) { }
        public object Factor { get; }
    }
    public abstract class Pool1dAttribute : LrpGen.LayerAttribute
    {
        protected Pool1dAttribute(object kernelSize) { }
        public bool CeilMode { get; set; }
        public object KernelSize { get; }
        public object Padding { get; set; }
        public object Stride { get; set; }
    }
    public abstract class Pool2dAttribute : LrpGen.LayerAttribute
    {
        protected Pool2dAttribute(object kernelHeight, object kernelWidth) { }
        public bool CeilMode { get; set; }
        public object KernelHeight { get; }
        public object KernelWidth { get; }
        public object Padding { get; set; }
        public object? PaddingH { get; set; }
        public object? PaddingW { get; set; }
        public object? Stride { get; set; }
        public object? StrideH { get; set; }
        public object? StrideW { get; set; }
    }
    public sealed class PositionEmbeddingAttribute : LrpGen.LayerAttribute
    {
        public PositionEmbeddingAttribute() { }
        public PositionEmbeddingAttribute(object count) { }
        public object? Count { get; }
        public object Offset { get; set; }
    }
    public sealed class RMSNormAttribute : LrpGen.WeightedLayerAttribute
    {
        public RMSNormAttribute() { }
        public double Eps { get; set; }
    }
    public sealed class RNNAttribute : LrpGen.RecurrentLayerAttribute
    {
        public RNNAttribute(object hidden) { }
    }
    public sealed class ReLU6Attribute : LrpGen.LayerAttribute
    {
        public ReLU6Attribute() { }
    }
    public sealed class ReLUAttribute : LrpGen.LayerAttribute
    {
        public ReLUAttribute() { }
    }
    public abstract class RecurrentLayerAttribute : LrpGen.LayerAttribute
    {
        protected RecurrentLayerAttribute(object hidden) { }
        public bool Bias { get; set; }
        public bool Bidirectional { get; set; }
        public object Hidden { get; }
        public object Layers { get; set; }
    }
    public sealed class ReflectionPad2dAttribute : LrpGen.Pad2dAttribute
    {
        public ReflectionPad2dAttribute(object padding) { }
        public ReflectionPad2dAttribute(object left, object right, object top, object bottom) { }
    }
    public sealed class RenamedTensors : LrpGen.ITensorSource
    {
        public RenamedTensors(LrpGen.ITensorSource source, System.Func<string, string?> rename) { }
        public string Description { get; }
        public System.Collections.Generic.IReadOnlyCollection<string> Names { get; }
        public void Read(string name, System.Span<float> destination) { }
        public bool TryGetShape(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out System.Collections.Generic.IReadOnlyList<long>? shape) { }
    }
    public sealed class ReshapeAttribute : LrpGen.LayerAttribute
    {
        public ReshapeAttribute(params object[] sizes) { }
        public System.Collections.Generic.IReadOnlyList<object> Sizes { get; }
    }
    public sealed class RotaryEmbeddingAttribute : LrpGen.LayerAttribute
    {
        public RotaryEmbeddingAttribute(object heads) { }
        public double Base { get; set; }
        public object Heads { get; }
    }
    public sealed class SELUAttribute : LrpGen.LayerAttribute
    {
        public SELUAttribute() { }
    }
    public static class SafetensorsWriter
    {
        public static void Write(LrpGen.ITensorSource source, System.IO.Stream stream) { }
        public static void Write(LrpGen.ITensorSource source, string path) { }
    }
    public sealed class ScaledDotProductAttentionAttribute : LrpGen.LayerAttribute
    {
        public ScaledDotProductAttentionAttribute(params string[] inputs) { }
        public bool Causal { get; set; }
        public object Heads { get; set; }
        public System.Collections.Generic.IReadOnlyList<string> Inputs { get; }
        public object? KeyValueHeads { get; set; }
        public object? Scale { get; set; }
    }
    public enum Seed
    {
        Logit = 0,
        One = 1,
        Contrastive = 2,
        SoftmaxGradient = 3,
    }
    public sealed class SelectAttribute : LrpGen.LayerAttribute
    {
        public SelectAttribute(object index) { }
        public int Dim { get; set; }
        public object Index { get; }
    }
    public sealed class SiLUAttribute : LrpGen.LayerAttribute
    {
        public SiLUAttribute() { }
    }
    public sealed class SigmoidAttribute : LrpGen.LayerAttribute
    {
        public SigmoidAttribute() { }
    }
    [LrpGen.Rules.Derivative]
    [LrpGen.Rules.Start(LrpGen.Seed.One)]
    [LrpGen.Rules.WithNoise(16, 0.1D, 0)]
    public readonly struct SmoothGrad : LrpGen.IComposite { }
    public sealed class SoftmaxAttribute : LrpGen.LayerAttribute
    {
        public SoftmaxAttribute() { }
        public int Dim { get; set; }
    }
    public sealed class SoftplusAttribute : LrpGen.LayerAttribute
    {
        public SoftplusAttribute(double beta = 1, double threshold = 20) { }
        public double Beta { get; }
        public double Threshold { get; }
    }
    public sealed class SoftsignAttribute : LrpGen.LayerAttribute
    {
        public SoftsignAttribute() { }
    }
    public readonly struct SumObjective<TFirst, TSecond> : LrpGen.IObjective
        where TFirst : LrpGen.IObjective
        where TSecond : LrpGen.IObjective
    {
        public void Gradient(LrpGen.Outputs outputs) { }
        public void Relevance(LrpGen.Outputs outputs) { }
        public float Value(LrpGen.Outputs outputs) { }
    }
    public sealed class TanhAttribute : LrpGen.LayerAttribute
    {
        public TanhAttribute() { }
    }
    [LrpGen.Rules.AtRoot]
    [LrpGen.Rules.Derivative]
    [LrpGen.Rules.Start(LrpGen.Seed.One)]
    public readonly struct TaylorDecomposition : LrpGen.IComposite { }
    public sealed class TensorDescription : System.IEquatable<LrpGen.TensorDescription>
    {
        public TensorDescription(string Name, [System.Runtime.CompilerServices.ParamCollection] System.Collections.Generic.IReadOnlyList<int> Shape) { }
        public System.Collections.Generic.IReadOnlyList<string> Aliases { get; init; }
        public bool Broadcasts { get; init; }
        public string Name { get; init; }
        public System.Collections.Generic.IReadOnlyList<int> Shape { get; init; }
    }
    public sealed class TensorDictionary : LrpGen.ITensorSource
    {
        public TensorDictionary() { }
        public string Description { get; init; }
        public System.Collections.Generic.IReadOnlyCollection<string> Names { get; }
        public void Add(string name, System.Collections.Generic.IReadOnlyList<long> shape, System.ReadOnlyMemory<float> values) { }
        public void Read(string name, System.Span<float> destination) { }
        public bool TryGetShape(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out System.Collections.Generic.IReadOnlyList<long>? shape) { }
    }
    public abstract class TensorFile : LrpGen.ITensorSource, System.IDisposable
    {
        public string Description { get; }
        public System.Collections.Generic.IReadOnlyCollection<string> Names { get; }
        public abstract void Dispose();
        public void Read(string name, System.Span<float> destination) { }
        public bool TryGetShape(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out System.Collections.Generic.IReadOnlyList<long>? shape) { }
        public static LrpGen.TensorFile Open(System.IO.Stream stream) { }
        public static LrpGen.TensorFile Open(string path) { }
    }
    public sealed class TensorMismatch : System.IEquatable<LrpGen.TensorMismatch>
    {
        public TensorMismatch(string Name, System.Collections.Generic.IReadOnlyList<long>? Expected, System.Collections.Generic.IReadOnlyList<long>? Found) { }
        public System.Collections.Generic.IReadOnlyList<long>? Expected { get; init; }
        public System.Collections.Generic.IReadOnlyList<long>? Found { get; init; }
        public string Name { get; init; }
    }
    public sealed class TokenTypeEmbeddingAttribute : LrpGen.LayerAttribute
    {
        public TokenTypeEmbeddingAttribute(object count) { }
        public object Count { get; }
    }
    public enum TransformerActivation
    {
        ReLU = 0,
        GELU = 1,
    }
    public sealed class TransformerDecoderLayerAttribute : LrpGen.TransformerLayerAttribute
    {
        public TransformerDecoderLayerAttribute(object heads, object feedForward) { }
        public required string Memory { get; set; }
    }
    public sealed class TransformerEncoderLayerAttribute : LrpGen.TransformerLayerAttribute
    {
        public TransformerEncoderLayerAttribute(object heads, object feedForward) { }
    }
    public abstract class TransformerLayerAttribute : LrpGen.LayerAttribute
    {
        protected TransformerLayerAttribute(object heads, object feedForward) { }
        public LrpGen.TransformerActivation Activation { get; set; }
        public bool Causal { get; set; }
        public double Eps { get; set; }
        public object FeedForward { get; }
        public object Heads { get; }
        public bool NormFirst { get; set; }
        public object Repeat { get; set; }
    }
    public sealed class TransposeAttribute : LrpGen.LayerAttribute
    {
        public TransposeAttribute() { }
    }
    public sealed class UpsampleAttribute : LrpGen.LayerAttribute
    {
        public UpsampleAttribute(object scale) { }
        public LrpGen.UpsampleMode Mode { get; set; }
        public object Scale { get; }
    }
    public enum UpsampleMode
    {
        Nearest = 0,
        Bilinear = 1,
    }
    public abstract class WeightedLayerAttribute : LrpGen.LayerAttribute
    {
        protected WeightedLayerAttribute() { }
        public string? Weights { get; set; }
    }
    public sealed class WeightsException : System.Exception
    {
        public System.Collections.Generic.IReadOnlyList<LrpGen.TensorMismatch> Misshapen { get; }
        public System.Collections.Generic.IReadOnlyList<LrpGen.TensorMismatch> Missing { get; }
        public System.Collections.Generic.IReadOnlyList<LrpGen.TensorMismatch> Unexpected { get; }
    }
    public sealed class ZeroPad2dAttribute : LrpGen.Pad2dAttribute
    {
        public ZeroPad2dAttribute(object padding) { }
        public ZeroPad2dAttribute(object left, object right, object top, object bottom) { }
    }
}
namespace LrpGen.Execution
{
    public static class ActiveInputs
    {
        public const int Most = 256;
        public static void AddProducts(System.Runtime.Intrinsics.Vector128<float> sums, [System.Runtime.CompilerServices.RequiresLocation] ref float values, ref int indices, ref float cOrigin) { }
        public static int Gather(System.ReadOnlySpan<float> a, int first, System.Span<int> indices, System.Span<float> values) { }
    }
    public sealed class AlignedBuffer
    {
        public AlignedBuffer(int length) { }
        public System.Span<float> Span { get; }
    }
    public sealed class AlongPath<TInput>
        where TInput :  unmanaged
    {
        public AlongPath(LrpGen.Execution.NetworkShape shape, int steps, TInput baseline) { }
        public void Explain<TPasses, TObjective>(TPasses passes, System.ReadOnlySpan<TInput> input, int target, TObjective objective, System.ReadOnlySpan<TInput> reference, System.Span<float> relevance, LrpGen.Execution.ProcedureRecorder? trace)
            where TPasses :  struct, LrpGen.Execution.INetworkPasses<TInput>
            where TObjective : LrpGen.IObjective { }
    }
    public readonly struct Arrangement : System.IEquatable<LrpGen.Execution.Arrangement>
    {
        public Arrangement(int Outer, int Lanes, int Inner, int Pitch) { }
        public int Inner { get; init; }
        public int Lanes { get; init; }
        public int Outer { get; init; }
        public int Pitch { get; init; }
        public int Rows { get; }
        public int Size { get; }
        public LrpGen.Execution.Arrangement For(System.ReadOnlySpan<float> tensor) { }
        public int IndexOf(int element) { }
    }
    public sealed class AtRoot
    {
        public AtRoot(LrpGen.Execution.NetworkShape shape, float[] lows, float[] highs) { }
        public void Explain<TPasses, TObjective>(TPasses passes, System.ReadOnlySpan<float> input, int target, TObjective objective, System.ReadOnlySpan<float> reference, System.Span<float> relevance, LrpGen.Execution.ProcedureRecorder? trace)
            where TPasses :  struct, LrpGen.Execution.INetworkPasses<float>
            where TObjective : LrpGen.IObjective { }
    }
    public readonly struct AttentionWeightsFunction
    {
        public AttentionWeightsFunction(int rows, int lanes, int pitch, double scale, int heads) { }
        public int Offset { get; init; }
        public void DerivativeTimes(LrpGen.Execution.Part part, System.ReadOnlySpan<float> p, System.ReadOnlySpan<float> w, System.Span<float> result) { }
        public void Value(LrpGen.Execution.Part part, System.ReadOnlySpan<float> a, System.Span<float> p) { }
    }
    public static class Batch
    {
        public static void Explain(LrpGen.INetwork network, string explanation, System.ReadOnlyMemory<float> inputs, System.ReadOnlyMemory<int> targets, System.Memory<float> relevances, int maxDegreeOfParallelism) { }
        public static void Explain<TObjective>(LrpGen.INetwork network, string explanation, System.ReadOnlyMemory<float> inputs, System.Collections.Generic.IReadOnlyList<TObjective> objectives, System.Memory<float> relevances, int maxDegreeOfParallelism)
            where TObjective : LrpGen.IObjective { }
        public static void Explain<TInput>(LrpGen.INetworkOf<TInput> network, string explanation, System.Collections.Generic.IReadOnlyList<System.ReadOnlyMemory<TInput>> inputs, System.ReadOnlyMemory<int> targets, System.Collections.Generic.IReadOnlyList<System.Memory<float>> relevances, int maxDegreeOfParallelism)
            where TInput :  unmanaged { }
        public static void Explain<TInput, TObjective>(LrpGen.INetworkOf<TInput> network, string explanation, System.Collections.Generic.IReadOnlyList<System.ReadOnlyMemory<TInput>> inputs, System.Collections.Generic.IReadOnlyList<TObjective> objectives, System.Collections.Generic.IReadOnlyList<System.Memory<float>> relevances, int maxDegreeOfParallelism)
            where TInput :  unmanaged
            where TObjective : LrpGen.IObjective { }
        public static void Forward(LrpGen.INetwork network, System.ReadOnlyMemory<float> inputs, System.Memory<float> outputs, int maxDegreeOfParallelism) { }
        public static void Forward<TInput>(LrpGen.INetworkOf<TInput> network, System.Collections.Generic.IReadOnlyList<System.ReadOnlyMemory<TInput>> inputs, System.Collections.Generic.IReadOnlyList<System.Memory<float>> outputs, int maxDegreeOfParallelism)
            where TInput :  unmanaged { }
    }
    public readonly struct CELUFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public CELUFunction(double alpha) { }
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public static class Cache
    {
        public static void Prefetch([System.Runtime.CompilerServices.RequiresLocation] ref float origin, int pixels, int distance, int channels) { }
    }
    public readonly struct Call : System.IEquatable<LrpGen.Execution.Call>
    {
        public Call(int Target, int Positions = 0) { }
        public int Positions { get; init; }
        public int Target { get; init; }
    }
    public static class ChannelMask
    {
        public static void Apply(System.ReadOnlySpan<float> relevance, int block, int step, System.ReadOnlySpan<int> channels, System.Span<float> masked) { }
    }
    public static class Column
    {
        public static void AddProduct(System.ReadOnlySpan<float> a, System.ReadOnlySpan<float> w, int inputs, int pitch, int target, System.Span<float> z) { }
        public static void AddTransposedProduct(System.ReadOnlySpan<float> s, System.ReadOnlySpan<float> w, int inputs, int pitch, int target, System.Span<float> c) { }
        public static void Product(System.ReadOnlySpan<float> a, System.ReadOnlySpan<float> w, int inputs, int pitch, int target, float b, System.Span<float> z) { }
        public static void TransposedProduct(System.ReadOnlySpan<float> s, System.ReadOnlySpan<float> w, int inputs, int pitch, int target, System.Span<float> c) { }
    }
    public readonly struct ELUFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public ELUFunction(double alpha) { }
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public static class Elementwise
    {
        public static void DerivativeTimes<TFunction>(this TFunction function, System.ReadOnlySpan<float> z, System.ReadOnlySpan<float> R, System.Span<float> result)
            where TFunction :  struct, LrpGen.Execution.IActivationFunction<float> { }
        public static void Value<TFunction>(this TFunction function, System.ReadOnlySpan<float> z, System.Span<float> a)
            where TFunction :  struct, LrpGen.Execution.IActivationFunction<float> { }
    }
    public static class ElementwiseInDouble
    {
        public static void DerivativeTimes<TFunction>(this TFunction function, System.ReadOnlySpan<float> z, System.ReadOnlySpan<float> R, System.Span<float> result)
            where TFunction :  struct, LrpGen.Execution.IActivationFunction<double> { }
        public static void Value<TFunction>(this TFunction function, System.ReadOnlySpan<float> z, System.Span<float> a)
            where TFunction :  struct, LrpGen.Execution.IActivationFunction<double> { }
    }
    public static class FiniteResults
    {
        public static bool Are(System.ReadOnlySpan<float> results) { }
        public static System.NotFiniteNumberException NotFinite(string giver, System.ReadOnlySpan<float> results, System.ReadOnlySpan<float> input, LrpGen.Execution.TraceRecorder trace) { }
    }
    public readonly struct GELUFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public readonly struct GELUTanhFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public sealed class GateWeights
    {
        public GateWeights(float[] input, float[] state, float[] inputBias, float[] stateBias, int gates, int? separate = default) { }
        public LrpGen.Execution.LayerWeights Input() { }
        public LrpGen.Execution.LayerWeights InputOf(int gate) { }
        public LrpGen.Execution.LayerWeights State() { }
        public LrpGen.Execution.LayerWeights StateOf(int gate) { }
    }
    public readonly ref struct GivenRelevance : LrpGen.IObjective
    {
        public GivenRelevance(System.ReadOnlySpan<float> relevance) { }
        public static LrpGen.Execution.GivenRelevance None { get; }
        public void Gradient(LrpGen.Outputs outputs) { }
        public void Relevance(LrpGen.Outputs outputs) { }
        public float Value(LrpGen.Outputs outputs) { }
    }
    public static class Guard
    {
        public static void Bounds(System.ReadOnlySpan<float> input, System.ReadOnlySpan<float> lows, System.ReadOnlySpan<float> highs) { }
        public static void Channels(System.ReadOnlySpan<int> channels, int count, string layer, string kind) { }
        public static void Input(System.ReadOnlySpan<float> input, int size) { }
        public static System.ArgumentException NoExplanation(string explanation, System.Collections.Generic.IReadOnlyList<string> explanations) { }
        public static void Output(System.Span<float> destination, int size, string name) { }
        public static void OutputRelevance(System.ReadOnlySpan<float> outputRelevance, int size) { }
        public static void Positions(System.ReadOnlySpan<float> input, int size, int least, int most) { }
        public static void Reference(System.ReadOnlySpan<float> point, int size, string name) { }
        public static void Reference(System.ReadOnlySpan<int> tokens, int size, int known, string name) { }
        public static void Target(int target, int outputs) { }
        public static void Threads(int threads) { }
        public static void Tokens(System.ReadOnlySpan<int> input, int least, int most, int known) { }
        public static void Vector(System.ReadOnlySpan<float> vector) { }
    }
    public readonly struct HardsigmoidFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public readonly struct HardswishFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public readonly struct HardtanhFunction : LrpGen.Execution.IActivationFunction<float>
    {
        public HardtanhFunction(double low, double high) { }
        public System.Runtime.Intrinsics.Vector512<float> Derivative(System.Runtime.Intrinsics.Vector512<float> z) { }
        public System.Runtime.Intrinsics.Vector512<float> Value(System.Runtime.Intrinsics.Vector512<float> z) { }
    }
    public interface IActivationFunction<T>
    {
        System.Runtime.Intrinsics.Vector512<T> Derivative(System.Runtime.Intrinsics.Vector512<T> z);
        System.Runtime.Intrinsics.Vector512<T> Value(System.Runtime.Intrinsics.Vector512<T> z);
    }
    public interface IForwardPass<TInput>
        where TInput :  unmanaged
    {
        void Forward(System.ReadOnlySpan<TInput> input, System.Span<float> output);
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Rows",
                "Columns"})]
        System.ValueTuple<int, int> OutputsOf(int inputs);
    }
    public interface INetworkPasses<TInput> : LrpGen.Execution.IForwardPass<TInput>
        where TInput :  unmanaged
    {
        void Explain<TObjective>(System.ReadOnlySpan<float> point, int target, TObjective objective, System.Span<float> relevance)
            where TObjective : LrpGen.IObjective;
        void FromPoint(System.ReadOnlySpan<float> ofPoint, System.Span<float> relevance);
        void ToPoint(System.ReadOnlySpan<TInput> input, System.Span<float> point);
    }
    public interface ISimd<TVector>
        where TVector :  struct
    {
        int Count { get; }
        TVector Add(TVector left, TVector right);
        TVector Broadcast([System.Runtime.CompilerServices.RequiresLocation] float source);
        TVector Create(float value);
        TVector Load([System.Runtime.CompilerServices.RequiresLocation] float source);
        TVector Max(TVector left, TVector right);
        TVector Min(TVector left, TVector right);
        TVector Multiply(TVector left, TVector right);
        TVector MultiplyAdd(TVector left, TVector right, TVector addend);
        TVector Quotient(TVector relevance, TVector z, TVector epsilon);
        void Store(TVector values, ref float destination);
        TVector Subtract(TVector left, TVector right);
        float Sum(TVector values);
        System.Runtime.Intrinsics.Vector128<float> Sums(TVector v0, TVector v1, TVector v2, TVector v3);
        TVector WhereNegative(TVector condition, TVector values);
        TVector WherePositive(TVector condition, TVector values);
    }
    public interface ITeamWork
    {
        void Run(int program, LrpGen.Execution.Part part, System.Span<float> workspace, in LrpGen.Execution.Call call);
    }
    public static class Lanes
    {
        public static System.Runtime.Intrinsics.Vector256<float> Load(System.ReadOnlySpan<float> tensor, int index) { }
        public static void Store(System.Runtime.Intrinsics.Vector256<float> values, System.Span<float> tensor, int index) { }
        public static System.Runtime.Intrinsics.Vector256<float> Sums(System.Runtime.Intrinsics.Vector256<float> c0, System.Runtime.Intrinsics.Vector256<float> c1, System.Runtime.Intrinsics.Vector256<float> c2, System.Runtime.Intrinsics.Vector256<float> c3, System.Runtime.Intrinsics.Vector256<float> c4, System.Runtime.Intrinsics.Vector256<float> c5, System.Runtime.Intrinsics.Vector256<float> c6, System.Runtime.Intrinsics.Vector256<float> c7) { }
        public static System.Runtime.Intrinsics.Vector256<float> WhereNegative(System.Runtime.Intrinsics.Vector256<float> condition, System.Runtime.Intrinsics.Vector256<float> values) { }
        public static System.Runtime.Intrinsics.Vector256<float> WherePositive(System.Runtime.Intrinsics.Vector256<float> condition, System.Runtime.Intrinsics.Vector256<float> values) { }
    }
    public sealed class LayerLayout : System.IEquatable<LrpGen.Execution.LayerLayout>
    {
        public LayerLayout(string Name, LrpGen.Execution.Arrangement Arrangement, bool Varies = false, bool IsPart = false) { }
        public LrpGen.Execution.Arrangement Arrangement { get; init; }
        public bool IsPart { get; init; }
        public string Name { get; init; }
        public bool Varies { get; init; }
    }
    public sealed class LayerWeights
    {
        public LayerWeights(float[] weight, float[] bias, int outputs, int inputsPerGroup, int kernelHeight, int kernelWidth) { }
        public System.ReadOnlySpan<float> Bias { get; }
        public int InputsPerGroup { get; }
        public int KernelHeight { get; }
        public int KernelWidth { get; }
        public int Outputs { get; }
        public System.ReadOnlySpan<float> Weight { get; }
        public LrpGen.Execution.LayerWeights FavourNegative(double gamma) { }
        public LrpGen.Execution.LayerWeights FavourPositive(double gamma) { }
        public LrpGen.Execution.LayerWeights FoldBatchNorm(float[] gamma, float[] beta, float[] mean, float[] variance, double eps) { }
        public LrpGen.Execution.LayerWeights FoldBatchNormBefore(float[] gamma, float[] beta, float[] mean, float[] variance, double eps) { }
        public LrpGen.Execution.LayerWeights FoldBatchNormIntoTransposed(float[] gamma, float[] beta, float[] mean, float[] variance, double eps) { }
        public LrpGen.Execution.LayerWeights Negative() { }
        public LrpGen.Execution.LayerWeights Ones() { }
        public LrpGen.Execution.AlignedBuffer PackBias(int pitch, int rows = 1) { }
        public LrpGen.Execution.AlignedBuffer PackChannels(int pitch) { }
        public LrpGen.Execution.AlignedBuffer PackConvolution(int groups, int block) { }
        public LrpGen.Execution.AlignedBuffer PackLinear(int pitch) { }
        public LrpGen.Execution.AlignedBuffer PackNarrowConvolution() { }
        public LrpGen.Execution.AlignedBuffer PackTable(int pitch) { }
        public LrpGen.Execution.AlignedBuffer PackTransposedConvolution(int groups, int block) { }
        public LrpGen.Execution.AlignedBuffer PackTransposedWinograd(int block) { }
        public LrpGen.Execution.AlignedBuffer PackWinograd(int block) { }
        public LrpGen.Execution.LayerWeights Positive() { }
        public LrpGen.Execution.LayerWeights Squared() { }
        public static LrpGen.Execution.LayerWeights Identity(int channels) { }
        public static LrpGen.Execution.LayerWeights OfLanes(float[] weight, int lanes) { }
        public static LrpGen.Execution.LayerWeights OfLanes(float[] weight, float[] bias, int lanes) { }
        public static LrpGen.Execution.LayerWeights OfRows(float[] bias, int lanes) { }
        public static float[] Transposed(float[] values, int rows, int columns) { }
    }
    public static class Layout
    {
        public static void Add(System.ReadOnlySpan<float> source, int from, System.Span<float> destination, int to, System.ReadOnlySpan<int> counts, System.ReadOnlySpan<int> fromSteps, System.ReadOnlySpan<int> toSteps) { }
        public static void ClearLanes(LrpGen.Execution.Part part, System.Span<float> tensor, int rows, int pitch, int first) { }
        public static void Fill(System.ReadOnlySpan<float> values, in LrpGen.Execution.Arrangement arrangement, System.Span<float> destination) { }
        public static void Gather(System.ReadOnlySpan<int> tokens, System.ReadOnlySpan<float> table, int pitch, System.Span<float> destination, int lanes) { }
        public static void Load(System.ReadOnlySpan<float> source, in LrpGen.Execution.Arrangement arrangement, System.Span<float> destination) { }
        public static void Move(LrpGen.Execution.Part part, System.ReadOnlySpan<float> source, int from, System.Span<float> destination, int to, System.ReadOnlySpan<int> counts, System.ReadOnlySpan<int> fromSteps, System.ReadOnlySpan<int> toSteps) { }
        public static void Pad(LrpGen.Execution.Part part, System.ReadOnlySpan<float> source, int height, int width, int pitch, int top, int left, int bottom, int right, System.Span<float> destination) { }
        public static void Rearrange(System.ReadOnlySpan<float> source, in LrpGen.Execution.Arrangement present, System.Span<float> destination, in LrpGen.Execution.Arrangement wanted) { }
        public static void Store(System.ReadOnlySpan<float> source, in LrpGen.Execution.Arrangement arrangement, System.Span<float> destination) { }
        public static void SumLanes(LrpGen.Execution.Part part, System.ReadOnlySpan<float> source, int lanes, int pitch, System.Span<float> destination, int pitchOfSums) { }
    }
    public readonly struct LeakyReLUFunction : LrpGen.Execution.IActivationFunction<float>
    {
        public LeakyReLUFunction(double slope) { }
        public System.Runtime.Intrinsics.Vector512<float> Derivative(System.Runtime.Intrinsics.Vector512<float> z) { }
        public System.Runtime.Intrinsics.Vector512<float> Value(System.Runtime.Intrinsics.Vector512<float> z) { }
    }
    public sealed class LedgerEntry
    {
        public LrpGen.Execution.LedgerEntry ClassToken() { }
        public LrpGen.Execution.LedgerEntry Copies(int inputs) { }
        public LrpGen.Execution.LedgerEntry Gate(System.ReadOnlySpan<float> result) { }
        public LrpGen.Execution.LedgerEntry Gives(System.ReadOnlySpan<float> result, in LrpGen.Execution.Arrangement arrangement) { }
        public LrpGen.Execution.LedgerEntry Input(System.ReadOnlySpan<float> result, in LrpGen.Execution.Arrangement arrangement) { }
        public LrpGen.Execution.LedgerEntry Lost(System.ReadOnlySpan<float> row, int lanes) { }
        public LrpGen.Execution.LedgerEntry Pass() { }
        public LrpGen.Execution.LedgerEntry Positions() { }
        public LrpGen.Execution.LedgerEntry Product(System.ReadOnlySpan<float> s, System.ReadOnlySpan<float> u, System.ReadOnlySpan<float> b = default) { }
        public LrpGen.Execution.LedgerEntry Share(System.ReadOnlySpan<float> s, float scale, float epsilon, System.ReadOnlySpan<float> b = default) { }
        public LrpGen.Execution.LedgerEntry ShareWithoutTerms(float scale, float epsilon, System.ReadOnlySpan<float> b = default) { }
        public LrpGen.Execution.LedgerEntry Softmax(System.ReadOnlySpan<float> a, System.ReadOnlySpan<float> y) { }
        public LrpGen.Execution.LedgerEntry Weights(System.ReadOnlySpan<float> s, System.ReadOnlySpan<float> z, System.ReadOnlySpan<float> g, System.ReadOnlySpan<float> a) { }
        public LrpGen.Execution.LedgerEntry Within(System.ReadOnlySpan<float> inner) { }
    }
    public readonly struct LogSigmoidFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public readonly struct LogSoftmaxFunction
    {
        public LogSoftmaxFunction(int rows, int lanes, int pitch) { }
        public void DerivativeTimes(LrpGen.Execution.Part part, System.ReadOnlySpan<float> y, System.ReadOnlySpan<float> R, System.Span<float> result) { }
    }
    public static class MatrixProducts
    {
        public static void Product(LrpGen.Execution.Part part, in LrpGen.Execution.MatrixSizes sizes, System.ReadOnlySpan<float> left, System.ReadOnlySpan<float> right, bool accumulate, System.Span<float> to) { }
    }
    public readonly struct MatrixSizes : System.IEquatable<LrpGen.Execution.MatrixSizes>
    {
        public MatrixSizes(int Heads, int Rows, int Inner, int Columns, LrpGen.Execution.MatrixStrides Left, LrpGen.Execution.MatrixStrides Right, LrpGen.Execution.MatrixStrides To) { }
        public int Columns { get; init; }
        public int Heads { get; init; }
        public int Inner { get; init; }
        public LrpGen.Execution.MatrixStrides Left { get; init; }
        public int Offset { get; init; }
        public LrpGen.Execution.MatrixStrides Right { get; init; }
        public int Rows { get; init; }
        public LrpGen.Execution.MatrixStrides To { get; init; }
        public LrpGen.Execution.Triangle Triangle { get; init; }
    }
    public readonly struct MatrixStrides : System.IEquatable<LrpGen.Execution.MatrixStrides>
    {
        public MatrixStrides(int Head, int Row, int Column) { }
        public int Column { get; init; }
        public int Head { get; init; }
        public int Row { get; init; }
    }
    public readonly struct MishFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public readonly struct NetworkShape : System.IEquatable<LrpGen.Execution.NetworkShape>
    {
        public NetworkShape(int Channels, int Height, int Width, int Outputs, bool Varies = false, int Features = 1) { }
        public int Channels { get; init; }
        public int Features { get; init; }
        public int Height { get; init; }
        public int Inputs { get; }
        public int Outputs { get; init; }
        public bool Varies { get; init; }
        public int Width { get; init; }
    }
    public static class Normalizations
    {
        public static void Backward(LrpGen.Execution.Part part, System.ReadOnlySpan<float> a, in LrpGen.Execution.Regions regions, bool centred, double eps, System.ReadOnlySpan<float> w, bool constantDeviation, System.ReadOnlySpan<float> R, System.Span<float> result) { }
        public static void Forward(LrpGen.Execution.Part part, System.ReadOnlySpan<float> a, in LrpGen.Execution.Regions regions, bool centred, double eps, System.ReadOnlySpan<float> w, System.ReadOnlySpan<float> b, System.Span<float> y) { }
    }
    public readonly struct NormalizeFunction
    {
        public NormalizeFunction(int rows, int lanes, int pitch, double eps) { }
        public void DerivativeTimes(LrpGen.Execution.Part part, System.ReadOnlySpan<float> z, System.ReadOnlySpan<float> R, System.Span<float> result) { }
        public void Value(LrpGen.Execution.Part part, System.ReadOnlySpan<float> z, System.Span<float> a) { }
    }
    public sealed class Occlude<TInput>
        where TInput :  unmanaged
    {
        public Occlude(LrpGen.Execution.NetworkShape shape, int window, int stride, TInput baseline) { }
        public void Explain<TPasses, TObjective>(TPasses passes, System.ReadOnlySpan<TInput> input, int target, TObjective objective, System.Span<float> relevance)
            where TPasses :  struct, LrpGen.Execution.IForwardPass<TInput>
            where TObjective : LrpGen.IObjective { }
    }
    public readonly struct Part
    {
        public bool IsFirst { get; }
        public static LrpGen.Execution.Part Whole { get; }
        public System.ReadOnlySpan<float> Of(System.ReadOnlySpan<float> tensor) { }
        public System.Span<float> Of(System.Span<float> tensor) { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "First",
                "End"})]
        public System.ValueTuple<int, int> Of(int units) { }
        public void Wait() { }
    }
    public sealed class ProcedureRecorder
    {
        public ProcedureRecorder(string explanation, int target) { }
        public LrpGen.Explanation Finish(float[] output, float[] relevance) { }
    }
    public readonly struct ReLU6Function : LrpGen.Execution.IActivationFunction<float>
    {
        public System.Runtime.Intrinsics.Vector512<float> Derivative(System.Runtime.Intrinsics.Vector512<float> z) { }
        public System.Runtime.Intrinsics.Vector512<float> Value(System.Runtime.Intrinsics.Vector512<float> z) { }
    }
    public readonly struct ReLUFunction : LrpGen.Execution.IActivationFunction<float>
    {
        public System.Runtime.Intrinsics.Vector512<float> Derivative(System.Runtime.Intrinsics.Vector512<float> z) { }
        public System.Runtime.Intrinsics.Vector512<float> Value(System.Runtime.Intrinsics.Vector512<float> z) { }
    }
    public readonly struct Regions : System.IEquatable<LrpGen.Execution.Regions>
    {
        public Regions(int Rows, int Lanes, int Pitch, int RegionRows, int RegionLanes) { }
        public int Lanes { get; init; }
        public int Pitch { get; init; }
        public int RegionLanes { get; init; }
        public int RegionRows { get; init; }
        public int Rows { get; init; }
    }
    public static class Rotations
    {
        public static void Product(LrpGen.Execution.Part part, System.ReadOnlySpan<float> a, int pitch, int heads, int half, double @base, bool transposed, int power, float positive, float negative, bool accumulate, System.Span<float> z) { }
    }
    public readonly struct SELUFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public sealed class ScratchPool
    {
        public ScratchPool(LrpGen.Execution.NetworkShape shape) { }
        public static long Bytes(LrpGen.Execution.NetworkShape shape) { }
    }
    public static class Seeds
    {
        public static void Contrastive(System.ReadOnlySpan<float> output, in LrpGen.Execution.Arrangement arrangement, int target, System.Span<float> relevance) { }
        public static void Gradient<TObjective>(TObjective objective, System.ReadOnlySpan<float> output, in LrpGen.Execution.Arrangement arrangement, int columns, System.Span<float> relevance)
            where TObjective : LrpGen.IObjective { }
        public static void Relevance<TObjective>(TObjective objective, System.ReadOnlySpan<float> output, in LrpGen.Execution.Arrangement arrangement, int columns, System.Span<float> relevance)
            where TObjective : LrpGen.IObjective { }
        public static void SoftmaxGradient(System.ReadOnlySpan<float> output, in LrpGen.Execution.Arrangement arrangement, int target, System.Span<float> relevance) { }
    }
    public readonly struct SiLUFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public readonly struct SigmoidFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public static class Simd
    {
        public static int Width { get; }
    }
    public readonly struct Simd128 : LrpGen.Execution.ISimd<System.Runtime.Intrinsics.Vector128<float>>
    {
        public static int Count { get; }
        public static System.Runtime.Intrinsics.Vector128<float> Add(System.Runtime.Intrinsics.Vector128<float> left, System.Runtime.Intrinsics.Vector128<float> right) { }
        public static System.Runtime.Intrinsics.Vector128<float> Broadcast([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static System.Runtime.Intrinsics.Vector128<float> Create(float value) { }
        public static System.Runtime.Intrinsics.Vector128<float> Load([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static System.Runtime.Intrinsics.Vector128<float> Max(System.Runtime.Intrinsics.Vector128<float> left, System.Runtime.Intrinsics.Vector128<float> right) { }
        public static System.Runtime.Intrinsics.Vector128<float> Min(System.Runtime.Intrinsics.Vector128<float> left, System.Runtime.Intrinsics.Vector128<float> right) { }
        public static System.Runtime.Intrinsics.Vector128<float> Multiply(System.Runtime.Intrinsics.Vector128<float> left, System.Runtime.Intrinsics.Vector128<float> right) { }
        public static System.Runtime.Intrinsics.Vector128<float> MultiplyAdd(System.Runtime.Intrinsics.Vector128<float> left, System.Runtime.Intrinsics.Vector128<float> right, System.Runtime.Intrinsics.Vector128<float> addend) { }
        public static System.Runtime.Intrinsics.Vector128<float> Quotient(System.Runtime.Intrinsics.Vector128<float> relevance, System.Runtime.Intrinsics.Vector128<float> z, System.Runtime.Intrinsics.Vector128<float> epsilon) { }
        public static void Store(System.Runtime.Intrinsics.Vector128<float> values, ref float destination) { }
        public static System.Runtime.Intrinsics.Vector128<float> Subtract(System.Runtime.Intrinsics.Vector128<float> left, System.Runtime.Intrinsics.Vector128<float> right) { }
        public static float Sum(System.Runtime.Intrinsics.Vector128<float> values) { }
        public static System.Runtime.Intrinsics.Vector128<float> Sums(System.Runtime.Intrinsics.Vector128<float> v0, System.Runtime.Intrinsics.Vector128<float> v1, System.Runtime.Intrinsics.Vector128<float> v2, System.Runtime.Intrinsics.Vector128<float> v3) { }
        public static System.Runtime.Intrinsics.Vector128<float> WhereNegative(System.Runtime.Intrinsics.Vector128<float> condition, System.Runtime.Intrinsics.Vector128<float> values) { }
        public static System.Runtime.Intrinsics.Vector128<float> WherePositive(System.Runtime.Intrinsics.Vector128<float> condition, System.Runtime.Intrinsics.Vector128<float> values) { }
    }
    public readonly struct Simd256 : LrpGen.Execution.ISimd<System.Runtime.Intrinsics.Vector256<float>>
    {
        public static int Count { get; }
        public static System.Runtime.Intrinsics.Vector256<float> Add(System.Runtime.Intrinsics.Vector256<float> left, System.Runtime.Intrinsics.Vector256<float> right) { }
        public static System.Runtime.Intrinsics.Vector256<float> Broadcast([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static System.Runtime.Intrinsics.Vector256<float> Create(float value) { }
        public static System.Runtime.Intrinsics.Vector256<float> Load([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static System.Runtime.Intrinsics.Vector256<float> Max(System.Runtime.Intrinsics.Vector256<float> left, System.Runtime.Intrinsics.Vector256<float> right) { }
        public static System.Runtime.Intrinsics.Vector256<float> Min(System.Runtime.Intrinsics.Vector256<float> left, System.Runtime.Intrinsics.Vector256<float> right) { }
        public static System.Runtime.Intrinsics.Vector256<float> Multiply(System.Runtime.Intrinsics.Vector256<float> left, System.Runtime.Intrinsics.Vector256<float> right) { }
        public static System.Runtime.Intrinsics.Vector256<float> MultiplyAdd(System.Runtime.Intrinsics.Vector256<float> left, System.Runtime.Intrinsics.Vector256<float> right, System.Runtime.Intrinsics.Vector256<float> addend) { }
        public static System.Runtime.Intrinsics.Vector256<float> Quotient(System.Runtime.Intrinsics.Vector256<float> relevance, System.Runtime.Intrinsics.Vector256<float> z, System.Runtime.Intrinsics.Vector256<float> epsilon) { }
        public static void Store(System.Runtime.Intrinsics.Vector256<float> values, ref float destination) { }
        public static System.Runtime.Intrinsics.Vector256<float> Subtract(System.Runtime.Intrinsics.Vector256<float> left, System.Runtime.Intrinsics.Vector256<float> right) { }
        public static float Sum(System.Runtime.Intrinsics.Vector256<float> values) { }
        public static System.Runtime.Intrinsics.Vector128<float> Sums(System.Runtime.Intrinsics.Vector256<float> v0, System.Runtime.Intrinsics.Vector256<float> v1, System.Runtime.Intrinsics.Vector256<float> v2, System.Runtime.Intrinsics.Vector256<float> v3) { }
        public static System.Runtime.Intrinsics.Vector256<float> WhereNegative(System.Runtime.Intrinsics.Vector256<float> condition, System.Runtime.Intrinsics.Vector256<float> values) { }
        public static System.Runtime.Intrinsics.Vector256<float> WherePositive(System.Runtime.Intrinsics.Vector256<float> condition, System.Runtime.Intrinsics.Vector256<float> values) { }
    }
    public readonly struct Simd512 : LrpGen.Execution.ISimd<System.Runtime.Intrinsics.Vector512<float>>
    {
        public static int Count { get; }
        public static System.Runtime.Intrinsics.Vector512<float> Add(System.Runtime.Intrinsics.Vector512<float> left, System.Runtime.Intrinsics.Vector512<float> right) { }
        public static System.Runtime.Intrinsics.Vector512<float> Broadcast([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static System.Runtime.Intrinsics.Vector512<float> Create(float value) { }
        public static System.Runtime.Intrinsics.Vector512<float> Load([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static System.Runtime.Intrinsics.Vector512<float> Max(System.Runtime.Intrinsics.Vector512<float> left, System.Runtime.Intrinsics.Vector512<float> right) { }
        public static System.Runtime.Intrinsics.Vector512<float> Min(System.Runtime.Intrinsics.Vector512<float> left, System.Runtime.Intrinsics.Vector512<float> right) { }
        public static System.Runtime.Intrinsics.Vector512<float> Multiply(System.Runtime.Intrinsics.Vector512<float> left, System.Runtime.Intrinsics.Vector512<float> right) { }
        public static System.Runtime.Intrinsics.Vector512<float> MultiplyAdd(System.Runtime.Intrinsics.Vector512<float> left, System.Runtime.Intrinsics.Vector512<float> right, System.Runtime.Intrinsics.Vector512<float> addend) { }
        public static System.Runtime.Intrinsics.Vector512<float> Quotient(System.Runtime.Intrinsics.Vector512<float> relevance, System.Runtime.Intrinsics.Vector512<float> z, System.Runtime.Intrinsics.Vector512<float> epsilon) { }
        public static void Store(System.Runtime.Intrinsics.Vector512<float> values, ref float destination) { }
        public static System.Runtime.Intrinsics.Vector512<float> Subtract(System.Runtime.Intrinsics.Vector512<float> left, System.Runtime.Intrinsics.Vector512<float> right) { }
        public static float Sum(System.Runtime.Intrinsics.Vector512<float> values) { }
        public static System.Runtime.Intrinsics.Vector128<float> Sums(System.Runtime.Intrinsics.Vector512<float> v0, System.Runtime.Intrinsics.Vector512<float> v1, System.Runtime.Intrinsics.Vector512<float> v2, System.Runtime.Intrinsics.Vector512<float> v3) { }
        public static System.Runtime.Intrinsics.Vector512<float> WhereNegative(System.Runtime.Intrinsics.Vector512<float> condition, System.Runtime.Intrinsics.Vector512<float> values) { }
        public static System.Runtime.Intrinsics.Vector512<float> WherePositive(System.Runtime.Intrinsics.Vector512<float> condition, System.Runtime.Intrinsics.Vector512<float> values) { }
    }
    public readonly struct SoftmaxFunction
    {
        public SoftmaxFunction(int rows, int lanes, int pitch) { }
        public void DerivativeTimes(LrpGen.Execution.Part part, System.ReadOnlySpan<float> a, System.ReadOnlySpan<float> R, System.Span<float> result) { }
        public void Value(LrpGen.Execution.Part part, System.ReadOnlySpan<float> z, System.Span<float> a) { }
    }
    public readonly struct SoftplusFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public SoftplusFunction(double beta, double threshold) { }
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public readonly struct SoftsignFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public static class Stabilized
    {
        public static System.Runtime.Intrinsics.Vector256<float> Quotient(System.Runtime.Intrinsics.Vector256<float> relevance, System.Runtime.Intrinsics.Vector256<float> z, float epsilon) { }
    }
    public sealed class StateDict
    {
        public StateDict(LrpGen.ITensorSource source, string network, System.ReadOnlySpan<LrpGen.TensorDescription> expected, [System.Runtime.CompilerServices.ParamCollection] System.Collections.Generic.IReadOnlyList<string> ignored) { }
        public float[] Read(string name) { }
    }
    public readonly struct TanhFunction : LrpGen.Execution.IActivationFunction<double>
    {
        public System.Runtime.Intrinsics.Vector512<double> Derivative(System.Runtime.Intrinsics.Vector512<double> z) { }
        public System.Runtime.Intrinsics.Vector512<double> Value(System.Runtime.Intrinsics.Vector512<double> z) { }
    }
    public sealed class Team
    {
        public System.Span<float> Workspace { get; }
        public LrpGen.Execution.Part Begin(LrpGen.Execution.ITeamWork work, int program, in LrpGen.Execution.Call call) { }
        public void End() { }
        protected override void Finalize() { }
    }
    public sealed class TeamPool
    {
        public TeamPool(int workspaceLength, int threads = 1) { }
        public LrpGen.Execution.Team Rent() { }
        public void Return(LrpGen.Execution.Team team) { }
    }
    public sealed class TraceRecorder
    {
        public TraceRecorder(System.Collections.Generic.IReadOnlyList<LrpGen.Execution.LayerLayout> layers) { }
        public void Activation(int layer, System.ReadOnlySpan<float> tensor) { }
        public LrpGen.Explanation Finish(LrpGen.NetworkDescription network, string explanation, int target, float[] relevance) { }
        public LrpGen.Execution.LedgerEntry Ledger(int layer) { }
        public void Masked(int layer, System.ReadOnlySpan<float> tensor) { }
        public void Relevance(int layer, System.ReadOnlySpan<float> tensor) { }
        public void TargetRelevance(int layer, System.ReadOnlySpan<float> relevance, int target) { }
        public void TimesInput(System.ReadOnlySpan<float> before, System.ReadOnlySpan<float> input, System.ReadOnlySpan<float> result, in LrpGen.Execution.Arrangement arrangement) { }
    }
    public enum Triangle
    {
        None = 0,
        Result = 1,
        Left = 2,
        LeftTransposed = 3,
    }
    public static class Upsampling
    {
        public static void Product(LrpGen.Execution.Part part, System.ReadOnlySpan<float> a, int height, int width, int pitch, int rowScale, int columnScale, bool linear, int power, float factor, bool accumulate, System.Span<float> z) { }
        public static void TransposedProduct(LrpGen.Execution.Part part, System.ReadOnlySpan<float> s, int height, int width, int pitch, int rowScale, int columnScale, bool linear, int power, float factor, bool accumulate, System.Span<float> c) { }
    }
    public static class Winograd
    {
        public const int Outputs = 4;
        public static void TransformInput<TSimd, TVector>(LrpGen.Execution.Part part, System.ReadOnlySpan<float> image, int height, int width, int pitch, int top, int left, int across, int start, int count, int capacity, System.Span<float> u)
            where TSimd : LrpGen.Execution.ISimd<TVector>
            where TVector :  struct { }
        public static void TransformOutput<TSimd, TVector>(ref float products, int distance, ref float columns, ref float sums)
            where TSimd : LrpGen.Execution.ISimd<TVector>
            where TVector :  struct { }
    }
    public sealed class WithNoise<TInput>
        where TInput :  unmanaged
    {
        public WithNoise(LrpGen.Execution.NetworkShape shape, int samples, float noise, int randomSeed) { }
        public void Explain<TPasses, TObjective>(TPasses passes, System.ReadOnlySpan<TInput> input, int target, TObjective objective, System.Span<float> relevance)
            where TPasses :  struct, LrpGen.Execution.INetworkPasses<TInput>
            where TObjective : LrpGen.IObjective { }
    }
}
namespace LrpGen.Rules
{
    public sealed class AlongPathAttribute : LrpGen.Rules.ProcedureAttribute
    {
        public AlongPathAttribute(int steps = 32, double baseline = 0) { }
        public double Baseline { get; }
        public int Steps { get; }
    }
    [LrpGen.Rules.Share("a⁺ w⁺ + a⁻ w⁻", Bias="b⁺", Scale="α")]
    [LrpGen.Rules.Share("a⁺ w⁻ + a⁻ w⁺", Bias="b⁻", Scale="-β")]
    public sealed class AlphaBetaAttribute : LrpGen.Rules.RuleAttribute
    {
        public AlphaBetaAttribute(double alpha, double beta) { }
        public double Alpha { get; }
        public double Beta { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, Inherited=false)]
    public sealed class AppliesToAttribute : System.Attribute
    {
        public AppliesToAttribute(LrpGen.Rules.LayerKinds kinds) { }
        public LrpGen.Rules.LayerKinds Kinds { get; }
    }
    public sealed class AtRootAttribute : LrpGen.Rules.ProcedureAttribute
    {
        public AtRootAttribute() { }
        public AtRootAttribute(double low, double high) { }
        public double High { get; }
        public double Low { get; }
    }
    public enum Condition
    {
        Always = 0,
        BoundsGiven = 1,
        NonNegativeInput = 2,
    }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.All)]
    [LrpGen.Rules.Gate(LrpGen.Rules.Gate.Derivative)]
    [LrpGen.Rules.Share("w", Normalized=false)]
    public sealed class DerivativeAttribute : LrpGen.Rules.RuleAttribute
    {
        public DerivativeAttribute() { }
    }
    [LrpGen.Rules.Share("a w", Bias="b")]
    public sealed class EpsilonAttribute : LrpGen.Rules.RuleAttribute
    {
        public EpsilonAttribute(double epsilon = 1E-06) { }
        public double Epsilon { get; }
    }
    [LrpGen.Rules.Share("1")]
    public sealed class FlatAttribute : LrpGen.Rules.RuleAttribute
    {
        public FlatAttribute() { }
    }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.Activation)]
    [LrpGen.Rules.Gate(LrpGen.Rules.Gate.FromZero)]
    public sealed class FromZeroAttribute : LrpGen.Rules.RuleAttribute
    {
        public FromZeroAttribute() { }
    }
    [LrpGen.Rules.Share("a⁺ (w+γw⁺) + a⁻ (w+γw⁻)", Bias="(b+γb⁺)", Where="z>0")]
    [LrpGen.Rules.Share("a⁺ (w+γw⁻) + a⁻ (w+γw⁺)", Bias="(b+γb⁻)", Where="z<0")]
    public sealed class GammaAttribute : LrpGen.Rules.RuleAttribute
    {
        public GammaAttribute(double gamma) { }
        public double Gamma { get; }
    }
    public enum Gate
    {
        Pass = 0,
        Derivative = 1,
        Guided = 2,
        Rectified = 3,
        Half = 4,
        FromZero = 5,
        Taylor = 6,
    }
    [System.AttributeUsage(System.AttributeTargets.Class, Inherited=false)]
    public sealed class GateAttribute : System.Attribute
    {
        public GateAttribute(LrpGen.Rules.Gate gate) { }
        public LrpGen.Rules.Gate Gate { get; }
    }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.None | LrpGen.Rules.LayerKinds.Multiply | LrpGen.Rules.LayerKinds.MatMul | LrpGen.Rules.LayerKinds.Attention)]
    [LrpGen.Rules.Gate(LrpGen.Rules.Gate.Pass)]
    [LrpGen.Rules.Share("a w")]
    public sealed class GatedAttribute : LrpGen.Rules.RuleAttribute
    {
        public GatedAttribute() { }
    }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.ReLU)]
    [LrpGen.Rules.Gate(LrpGen.Rules.Gate.Guided)]
    public sealed class GuidedAttribute : LrpGen.Rules.RuleAttribute
    {
        public GuidedAttribute() { }
    }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.None | LrpGen.Rules.LayerKinds.Multiply | LrpGen.Rules.LayerKinds.MatMul | LrpGen.Rules.LayerKinds.Attention)]
    [LrpGen.Rules.Gate(LrpGen.Rules.Gate.Half)]
    [LrpGen.Rules.Share("a w")]
    public sealed class HalvesAttribute : LrpGen.Rules.RuleAttribute
    {
        public HalvesAttribute() { }
    }
    [System.Flags]
    public enum LayerKinds
    {
        None = 0,
        Linear = 1,
        Convolution = 2,
        BatchNorm = 4,
        AveragePool = 8,
        ReLU = 16,
        OtherActivation = 32,
        Add = 64,
        Multiply = 128,
        Normalization = 256,
        Scale = 512,
        Upsample = 1024,
        MatMul = 2048,
        Position = 4096,
        Attention = 8192,
        Projection = 16384,
        Activation = 48,
        All = 32767,
    }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.None | LrpGen.Rules.LayerKinds.AveragePool | LrpGen.Rules.LayerKinds.Add | LrpGen.Rules.LayerKinds.Upsample)]
    [LrpGen.Rules.Share("a w")]
    public sealed class NormAttribute : LrpGen.Rules.RuleAttribute
    {
        public NormAttribute() { }
    }
    public sealed class OccludeAttribute : LrpGen.Rules.ProcedureAttribute
    {
        public OccludeAttribute(int window, int stride, double baseline = 0) { }
        public double Baseline { get; }
        public int Stride { get; }
        public int Window { get; }
    }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.Activation)]
    [LrpGen.Rules.Gate(LrpGen.Rules.Gate.Pass)]
    public sealed class PassAttribute : LrpGen.Rules.RuleAttribute
    {
        public PassAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Struct, Inherited=false)]
    public abstract class ProcedureAttribute : System.Attribute { }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.ReLU)]
    [LrpGen.Rules.Gate(LrpGen.Rules.Gate.Rectified)]
    public sealed class RectifiedAttribute : LrpGen.Rules.RuleAttribute
    {
        public RectifiedAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Struct, AllowMultiple=true, Inherited=false)]
    public abstract class RuleAttribute : System.Attribute
    {
        protected RuleAttribute() { }
        public bool First { get; set; }
        public string? Layer { get; set; }
        public LrpGen.Rules.LayerKinds On { get; set; }
        public double Stabilizer { get; set; }
        public LrpGen.Rules.Condition When { get; set; }
        public bool ZeroBias { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class ShareAttribute : System.Attribute
    {
        public ShareAttribute(string terms) { }
        public string Bias { get; set; }
        public bool Normalized { get; set; }
        public string Scale { get; set; }
        public string Terms { get; }
        public string Where { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Struct, Inherited=false)]
    public sealed class StartAttribute : System.Attribute
    {
        public StartAttribute(LrpGen.Seed seed) { }
        public LrpGen.Seed Seed { get; }
    }
    [LrpGen.Rules.AppliesTo(LrpGen.Rules.LayerKinds.OtherActivation)]
    [LrpGen.Rules.Gate(LrpGen.Rules.Gate.Taylor)]
    public sealed class TaylorAttribute : LrpGen.Rules.RuleAttribute
    {
        public TaylorAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Struct, Inherited=false)]
    public sealed class TimesInputAttribute : System.Attribute
    {
        public TimesInputAttribute() { }
    }
    [LrpGen.Rules.Share("w²", Bias="b²")]
    public sealed class WSquareAttribute : LrpGen.Rules.RuleAttribute
    {
        public WSquareAttribute() { }
    }
    public sealed class WithNoiseAttribute : LrpGen.Rules.ProcedureAttribute
    {
        public WithNoiseAttribute(int samples = 16, double noise = 0.1, int randomSeed = 0) { }
        public double Noise { get; }
        public int RandomSeed { get; }
        public int Samples { get; }
    }
    [LrpGen.Rules.Share("a w - l w⁺ - h w⁻")]
    public sealed class ZBoxAttribute : LrpGen.Rules.RuleAttribute
    {
        public ZBoxAttribute() { }
        public ZBoxAttribute(double low, double high) { }
        public double High { get; }
        public double Low { get; }
    }
    [LrpGen.Rules.Share("a⁺ w⁺ + a⁻ w⁻", Bias="b⁺")]
    public sealed class ZPlusAttribute : LrpGen.Rules.RuleAttribute
    {
        public ZPlusAttribute() { }
    }
}