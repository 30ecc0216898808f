using FashionMnist;

return CommandLine.Run(args, static options =>
{
    FashionNet net = FashionNet.Load(options.Weights);
    if (options.Image is null)
    {
        ExplainedImage[] images = Report.Progress(TestSet.Read(Path.Combine(AppContext.BaseDirectory, "Data")), image => ExplainedImage.Of(net, image));
        ExplainedImage[] selection = Selection.Of(images);
        Report.Images(selection);
        Report.Explanations(images);
        Report.Accuracy(images);
        Gallery.Write(options.Output, selection);
    }
    else
    {
        ExplainedImage image = ExplainedImage.Of(net, ImageFile.Read(options.Image, options.Invert));
        Report.Prediction(image);
        Report.Explanations([image]);
        Gallery.Write(options.Output, [image]);
    }

    Report.Gallery(options.Output);
});
