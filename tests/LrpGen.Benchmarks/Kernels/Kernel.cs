using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Kernels;

/// <summary>A layer that is measured by itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LoadOnce">A network of this layer.</param>
/// <param name="LoadThrice">A network of three such layers, if it has as many outputs as inputs.</param>
internal sealed record Kernel(string Name, Func<INetwork> LoadOnce, Func<INetwork>? LoadThrice = null)
{
    /// <summary>All that are measured: shapes of V, R50 and L, and a depthwise one of MobileNetV2.</summary>
    public static IReadOnlyList<Kernel> All { get; } =
    [
        Alone<FirstOfVgg16>("3×3, 3→64, 224² *", FirstOfVgg16.Description),
        Chain<Conv64At224, Conv64At224Thrice>("3×3, 64→64, 224²", Conv64At224.Description, Conv64At224Thrice.Description),
        Chain<Conv128At112, Conv128At112Thrice>("3×3, 128→128, 112²", Conv128At112.Description, Conv128At112Thrice.Description),
        Chain<Conv256At56, Conv256At56Thrice>("3×3, 256→256, 56²", Conv256At56.Description, Conv256At56Thrice.Description),
        Chain<Conv512At28, Conv512At28Thrice>("3×3, 512→512, 28²", Conv512At28.Description, Conv512At28Thrice.Description),
        Chain<Conv512At14, Conv512At14Thrice>("3×3, 512→512, 14²", Conv512At14.Description, Conv512At14Thrice.Description),
        Chain<Conv64At56, Conv64At56Thrice>("3×3, 64→64, 56²", Conv64At56.Description, Conv64At56Thrice.Description),
        Chain<Conv512At7, Conv512At7Thrice>("3×3, 512→512, 7²", Conv512At7.Description, Conv512At7Thrice.Description),
        Alone<FirstOfResNet>("7×7 stride 2, 3→64, 224² *", FirstOfResNet.Description),
        Alone<Strided128At56>("3×3 stride 2, 128→128, 56² *", Strided128At56.Description),
        Alone<StridedPointwise256At56>("1×1 stride 2, 256→512, 56² *", StridedPointwise256At56.Description),
        Chain<Pointwise256At56, Pointwise256At56Thrice>("1×1, 256→64→256, 56²", Pointwise256At56.Description, Pointwise256At56Thrice.Description),
        Chain<Pointwise512At28, Pointwise512At28Thrice>("1×1, 512→128→512, 28²", Pointwise512At28.Description, Pointwise512At28Thrice.Description),
        Chain<Pointwise1024At14, Pointwise1024At14Thrice>(
            "1×1, 1024→256→1024, 14²", Pointwise1024At14.Description, Pointwise1024At14Thrice.Description),
        Chain<Pointwise2048At7, Pointwise2048At7Thrice>("1×1, 2048→512→2048, 7²", Pointwise2048At7.Description, Pointwise2048At7Thrice.Description),
        Chain<Depthwise144At56, Depthwise144At56Thrice>("3×3 depthwise, 144, 56²", Depthwise144At56.Description, Depthwise144At56Thrice.Description),
        Alone<FirstOfFashionNet>("5×5, 1→16, 28² *", FirstOfFashionNet.Description),
        Alone<SecondOfFashionNet>("5×5, 16→32, 14² *", SecondOfFashionNet.Description),
        Alone<Linear25088>("linear, 25088→4096", Linear25088.Description),
        Chain<Linear4096, Linear4096Thrice>("linear, 4096→4096", Linear4096.Description, Linear4096Thrice.Description),
    ];

    private static Kernel Alone<T>(string name, NetworkDescription description)
        where T : INetwork<T> => new(name, () => T.Load(new RandomTensors(description)));

    private static Kernel Chain<TOnce, TThrice>(string name, NetworkDescription once, NetworkDescription thrice)
        where TOnce : INetwork<TOnce>
        where TThrice : INetwork<TThrice> =>
        new(name, () => TOnce.Load(new RandomTensors(once)), () => TThrice.Load(new RandomTensors(thrice)));
}
