namespace LrpGen.Benchmarks.Networks;

/// <summary>A network that is measured.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Description">Its layers.</param>
/// <param name="Load">Loads it with three explanations, for a number of threads.</param>
/// <param name="LoadEpsilon">Loads it with one explanation.</param>
internal sealed record Subject(
    string Name, NetworkDescription Description, Func<int, LoadedNetwork> Load, Func<INetwork> LoadEpsilon)
{
    /// <summary>All networks.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        Of<Mlp4, Mlp4Epsilon>("T", Mlp4.Description, static net => new(
            net.Forward, net.ExplainEpsilonEverywhere, net.ExplainEpsilonPlusFlat, net.ExplainEpsilonGammaBox)),
        Of<Mlp784, Mlp784Epsilon>("M", Mlp784.Description, static net => new(
            net.Forward, net.ExplainEpsilonEverywhere, net.ExplainEpsilonPlusFlat, net.ExplainEpsilonGammaBox)),
        Of<FashionNet, FashionNetEpsilon>("L", FashionNet.Description, static net => new(
            net.Forward, net.ExplainEpsilonEverywhere, net.ExplainEpsilonPlusFlat, net.ExplainEpsilonGammaBox)),
        Of<Vgg16, Vgg16Epsilon>("V", Vgg16.Description, static net => new(
            net.Forward, net.ExplainEpsilonEverywhere, net.ExplainEpsilonPlusFlat, net.ExplainEpsilonGammaBox)),
        Of<ResNet18, ResNet18Epsilon>("R18", ResNet18.Description, static net => new(
            net.Forward, net.ExplainEpsilonEverywhere, net.ExplainEpsilonPlusFlat, net.ExplainEpsilonGammaBox)),
        Of<ResNet50, ResNet50Epsilon>("R50", ResNet50.Description, static net => new(
            net.Forward, net.ExplainEpsilonEverywhere, net.ExplainEpsilonPlusFlat, net.ExplainEpsilonGammaBox)),
    ];

    public override string ToString() => Name;

    private static Subject Of<TNetwork, TEpsilon>(string name, NetworkDescription description, Func<TNetwork, Calls> calls)
        where TNetwork : INetwork<TNetwork>
        where TEpsilon : INetwork<TEpsilon> => new(
            name,
            description,
            threads =>
            {
                TNetwork network = (TNetwork)TNetwork.Load(new RandomTensors(description)).WithThreads(threads);
                return new LoadedNetwork(network, calls(network));
            },
            () => TEpsilon.Load(new RandomTensors(description)));
}

/// <summary>A network that is ready to be measured.</summary>
/// <param name="Network">The network.</param>
/// <param name="Calls">Its own methods, without the way through the interface.</param>
internal sealed record LoadedNetwork(INetwork Network, Calls Calls);
