using System.Numerics.Tensors;
using Architectures;
using LrpGen;
using Samples;

return CommandLine.Run(args, static options =>
{
    if (options.Description is null)
    {
        Report.Architectures();
    }
    else if (options.Weights is null)
    {
        Console.WriteLine(options.Description);
    }
    else if (options.Sequences is not null)
    {
        using TensorFile file = TensorFile.Open(options.Weights);
        ITokenNetwork network = options.Sequences.Load(file);
        int[] tokens = [.. options.Tokens];
        float[] logits = new float[network.OutputSize];
        network.Forward(tokens, logits);
        int predicted = TensorPrimitives.IndexOfMax<float>(logits);
        Report.Prediction(logits);
        Report.Tokens(tokens, [.. network.Explanations.Select(name =>
        {
            float[] relevance = new float[tokens.Length];
            network.Explain(name, tokens, predicted, relevance);
            return (name, relevance);
        })]);
    }
    else if (options is { Architecture: { } architecture, Image: { } image })
    {
        using TensorFile file = TensorFile.Open(options.Weights);
        INetwork network = architecture.Load(file);
        using Photo photo = Photo.Read(image);
        float[] input = photo.ToInput(architecture.Normalization);
        float[] logits = new float[network.OutputSize];
        network.Forward(input, logits);
        int predicted = TensorPrimitives.IndexOfMax<float>(logits);
        Report.Prediction(logits);

        HeatMapFigure.Write(options.Output, photo, network.Explanations.Select(name =>
        {
            float[] relevance = new float[network.InputSize];
            network.Explain(name, input, predicted, relevance);
            return (name, relevance);
        }));
        Terminal.Picture(options.Output);
    }
});
