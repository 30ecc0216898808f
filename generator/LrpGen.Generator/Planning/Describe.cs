namespace LrpGen.Generator.Planning;

/// <summary>One English sentence per thing: for doc comments, the printed plan and messages.</summary>
internal static class Describe
{
    /// <summary>Such as: Layer 3, Conv2d (16, 14, 14) → (32, 14, 14), 5×5, padding 2.</summary>
    /// <param name="others">How many other layers are meant as well, which are like it.</param>
    public static string Layer(Layer layer, int others = 0)
    {
        string name = others == 0 ? layer.Name : $"{layer.Name} and {others} like it";
        return string.Join(", ", layer.Operation.Details.Prepend($"Layer {name}, {layer.Kind} {layer.Input} → {layer.Output}")) + ".";
    }

    /// <summary>The same of the layer as it was declared.</summary>
    public static string Declared(Layer layer) => layer.Compound is { } compound
        ? string.Join(", ", compound.Details.Prepend($"Layer {layer.Name}, {compound.Kind} → {layer.Output}")) + "."
        : Layer(layer);

    /// <summary>Such as: The output of layer conv1 with another axis in the lanes.</summary>
    public static string Rearrangement(Network network, int layer) => $"{Output(network, layer)} with another axis in the lanes.";

    /// <summary>Such as: The output of layer norm1, of which only some rows are read.</summary>
    public static string SomeRows(Network network, int layer) => $"{Output(network, layer)}, of which only some rows are read.";

    /// <summary>The rule as it is computed, such as: R_i = Σ_j a_i w⁺_ij s_j, s_j = R_j / s_ε(Σ_i a_i w⁺_ij + b⁺_j), ε = 1e-6.</summary>
    public static string Formula(Rule rule, IReadOnlyList<Share> shares)
    {
        string suffix(int index) => shares.Count == 1 ? "" : index == 0 ? "′" : "″";
        IEnumerable<string> messages = shares.Select((share, index) => $"{Scale(share.Scale, index)}Σ_j {Terms(share)} s{suffix(index)}_j");
        IEnumerable<string> quotients = shares.Select((share, index) => $"s{suffix(index)}_j = {Quotient(rule, share)}");
        return shares.Count == 0 ? "R_i = 0" : $"R_i = {string.Concat(messages)}, {string.Join(", ", quotients)}";
    }

    private static string Scale(double scale, int index)
    {
        string sign = scale < 0 ? (index == 0 ? "−" : " − ") : index == 0 ? "" : " + ";
        double size = Math.Abs(scale);
        return sign + (size == 1 ? "" : Numbers.Display(size) + " ");
    }

    private static string Quotient(Rule rule, Share share)
    {
        string where = share.Where switch
        {
            OutputSign.Positive => " where z_j > 0, else 0",
            OutputSign.Negative => " where z_j < 0, else 0",
            _ => "",
        };
        if (!share.Normalized)
        {
            return "R_j" + where;
        }

        string bias = share.Bias switch
        {
            BiasPart.B => " + b_j",
            BiasPart.BPositive => " + b⁺_j",
            BiasPart.BNegative => " + b⁻_j",
            BiasPart.BSquared => " + b²_j",
            BiasPart.BGammaPositive => " + (b + γb⁺)_j",
            BiasPart.BGammaNegative => " + (b + γb⁻)_j",
            _ => "",
        };
        return $"R_j / s_ε(Σ_i {Terms(share)}{bias}){where}, ε = {Numbers.Display(rule.Stabilizer)}";
    }

    /// <summary>Such as: (a⁺_i w⁺_ij + a⁻_i w⁻_ij).</summary>
    public static string Terms(Share share)
    {
        string terms = string.Concat(share.Terms.Select((term, index) => (term.Sign < 0 ? " − " : index > 0 ? " + " : "") + Product(term)));
        return share.Terms.Count > 1 ? $"({terms.Trim()})" : terms.Trim();
    }

    private static string Output(Network network, int layer) => layer < 0 ? "The input" : $"The output of layer {network.Layers[layer].Name}";

    private static string Product(Term term)
    {
        string input = term.Input switch
        {
            InputPart.A => "a_i ",
            InputPart.APositive => "a⁺_i ",
            InputPart.ANegative => "a⁻_i ",
            InputPart.Low => "l_i ",
            InputPart.High => "h_i ",
            _ => "",
        };
        return input + term.Weight switch
        {
            WeightPart.W => "w_ij",
            WeightPart.WPositive => "w⁺_ij",
            WeightPart.WNegative => "w⁻_ij",
            WeightPart.WSquared => "w²_ij",
            WeightPart.WGammaPositive => "(w + γw⁺)_ij",
            WeightPart.WGammaNegative => "(w + γw⁻)_ij",
            _ => "1",
        };
    }
}
