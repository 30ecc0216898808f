using FashionMnist;
using Samples;

return CommandLine.Run(args, static options =>
{
    FashionNet net = FashionNet.Load(options.Weights);
    FashionImage[] images = options.Image is null
        ? TestSet.Read(Path.Combine(AppContext.BaseDirectory, "Data"))
        : [ImageFile.Read(options.Image, options.Invert)];

    _ = ExplainedImage.Of(net, images[0]); // so that no time includes the compilation of a first call
    ExplainedImage[] explained = Report.Progress(images, image => ExplainedImage.Of(net, image));

    ExplainedImage[] shown = options.Image is null ? Selection.Of(explained) : explained;
    Gallery.Write(options.Output, shown);

    if (options.Image is null)
    {
        Report.Images(shown);
        Report.Accuracy(explained);
    }
    else
    {
        Report.Prediction(shown[0]);
    }

    Report.Explanations(explained);
    if (options.Ledger)
    {
        Report.Ledgers(net, shown[0]);
    }

    Terminal.Picture(options.Output);
});
