using System.Numerics.Tensors;
using Architectures;
using LrpGen;

return CommandLine.Run(args, static options =>
{
    if (options.Architecture is not Architecture architecture)
    {
        Report.Architectures();
    }
    else if (options.Weights is null || options.Image is null)
    {
        Console.WriteLine(architecture.Description);
    }
    else
    {
        using TensorFile file = TensorFile.Open(options.Weights);
        INetwork network = architecture.Load(file);
        using Photo photo = Photo.Read(options.Image);
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
        Report.Picture(options.Output);
    }
});
