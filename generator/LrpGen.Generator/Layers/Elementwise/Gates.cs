using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>How relevance goes back through a function.</summary>
internal static class Gates
{
    /// <summary>Whether relevance passes as it is.</summary>
    public static bool Pass(PlanContext context, Rule rule) =>
        rule.Gate == Gate.Pass
        || (rule.Gate == Gate.Taylor && context.Layer.Operation is not Softmax)
        || (rule.Gate == Gate.FromZero && context.Layer.Operation.ValueAtZero(context.Layer.Input) == 0);

    /// <param name="of">What the function is differentiated at.</param>
    /// <param name="rectifies">Whether rules that rectify what goes back through a ReLU say something of it.</param>
    public static void Through(LayerBackward plan, Function function, Tensor of, bool rectifies = true) =>
        Through(plan, (relevance, result) => new Differentiate(function, of, relevance, result), rectifies);

    /// <param name="differentiate">Makes the step for f′(z) R of a relevance.</param>
    /// <param name="rectifies">Whether rules that rectify what goes back through a ReLU say something of it.</param>
    public static void Through(LayerBackward plan, Func<Tensor, Tensor, Step> differentiate, bool rectifies = true)
    {
        if (Pass(plan.Context, plan.Rule))
        {
            plan.Give(plan.Relevance);
            return;
        }

        Tensor relevance = plan.Relevance;
        Tensor result = plan.NewRelevance();
        Expression rectified = new PositivePart(new Read(relevance));
        switch (plan.Rule.Gate)
        {
            case Gate.FromZero:
                FromZero(plan, result);
                break;
            case Gate.Rectified when rectifies:
                plan.Method($"{plan.Rule.Gate}", "R_i = R⁺_j.", [new Pointwise(rectified, result)], (relevance, "Rj"), (result, "Ri"));
                plan.Account(new Gated(result));
                break;
            case Gate.Guided when rectifies:
                Step[] steps = [new Pointwise(rectified, result), differentiate(result, result)];
                plan.Method($"{plan.Rule.Gate}", "R_i = f′(z) R⁺_j.", steps, (relevance, "Rj"), (result, "Ri"));
                plan.Account(new Gated(result));
                break;
            default:
                plan.Inline("R_i = f′(z) R_j.", differentiate(relevance, result));
                plan.Account(new Gated(result));
                break;
        }

        plan.Give(result);
    }

    // The difference first: it is exact where the two are close. The stabiliser, for f(z) may be 0, or so near to it that R_j / f(z) is infinite.
    private static void FromZero(LayerBackward plan, Tensor result)
    {
        double offset = plan.Layer.Operation.ValueAtZero(plan.Layer.Input);
        Tensor s = plan.Names.New("s", plan.Context.Output);
        Expression merit = new Read(plan.Output) - new Constant(offset);
        Quotient share = new(new Read(plan.Relevance), new Read(plan.Output), plan.Rule.Stabilizer);
        plan.Method(
            $"{plan.Rule.Gate}",
            $"R_i = (f(z) − f(0)) s_j, s_j = R_j / s_ε(f(z)), f(0) = {Numbers.Display(Math.Round(offset, 6))}.",
            [new Pointwise(share, s), new Pointwise(merit * new Read(s), result)],
            (plan.Output, "z"),
            (plan.Relevance, "Rj"),
            (result, "Ri"));
        plan.Account(new OffsetFromZero(s, offset, plan.Rule.Stabilizer), new HandedOn(result, plan.Context.Read()));
    }
}
