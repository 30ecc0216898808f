using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>How relevance goes back through a function.</summary>
internal static class Gates
{
    /// <param name="of">What the function is differentiated at.</param>
    public static void Through(LayerBackward plan, Gate gate, Function function, Tensor of) =>
        Through(plan, gate, (relevance, result) => new Differentiate(function, of, relevance, result));

    /// <param name="differentiate">Makes the step for f′(z) R of a relevance.</param>
    public static void Through(LayerBackward plan, Gate gate, Func<Tensor, Tensor, Step> differentiate)
    {
        if (gate == Gate.Pass)
        {
            plan.Give(plan.Relevance);
            return;
        }

        Tensor relevance = plan.Relevance;
        Tensor result = plan.NewRelevance();
        Expression rectified = new PositivePart(new Read(relevance));
        switch (gate)
        {
            case Gate.Rectified:
                plan.Method($"{gate}", "R_i = R⁺_j.", [new Pointwise(rectified, result)], (relevance, "Rj"), (result, "Ri"));
                break;
            case Gate.Guided:
                Step[] steps = [new Pointwise(rectified, result), differentiate(result, result)];
                plan.Method($"{gate}", "R_i = f′(z) R⁺_j.", steps, (relevance, "Rj"), (result, "Ri"));
                break;
            default:
                plan.Inline("R_i = f′(z) R_j.", differentiate(relevance, result));
                break;
        }

        plan.Account(new Gated(result));
        plan.Give(result);
    }
}
