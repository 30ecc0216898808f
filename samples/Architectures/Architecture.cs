using LrpGen;

namespace Architectures;

/// <summary>
/// A network of torchvision's. It takes a colour image of <see cref="Side"/>×<see cref="Side"/> pixels, and knows ImageNet's 1000 classes.
/// </summary>
/// <param name="Name">torchvision's name.</param>
/// <param name="Description">The layers.</param>
/// <param name="Load">Loads the <c>state_dict</c> of torchvision's network.</param>
/// <param name="Normalization">How the network's images were normalised in training.</param>
public sealed record Architecture(string Name, NetworkDescription Description, Func<ITensorSource, INetwork> Load, Normalization Normalization)
{
    /// <summary>Height and width of an image.</summary>
    public const int Side = 224;

    /// <summary>All that are declared here.</summary>
    public static IReadOnlyList<Architecture> All { get; } =
    [
        new("vgg16", Vgg16.Description, Vgg16.Load, Normalization.ImageNet),
        new("resnet18", ResNet18.Description, ResNet18.Load, Normalization.ImageNet),
        new("resnet50", ResNet50.Description, ResNet50.Load, Normalization.ImageNet),
        new("squeezenet1_1", SqueezeNet.Description, SqueezeNet.Load, Normalization.ImageNet),
        new("mobilenet_v2", MobileNetV2.Description, MobileNetV2.Load, Normalization.ImageNet),
        new("densenet121", DenseNet121.Description, DenseNet121.Load, Normalization.ImageNet),
        new("googlenet", GoogLeNet.Description, GoogLeNet.Load, Normalization.MinusOneToOne),
        new("convnext_tiny", ConvNextTiny.Description, ConvNextTiny.Load, Normalization.ImageNet),
        new("vit_b_16", VitB16.Description, VitB16.Load, Normalization.ImageNet),
    ];
}
