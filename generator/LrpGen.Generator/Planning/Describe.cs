namespace LrpGen.Generator.Planning;

/// <summary>One English sentence per thing: for doc comments, the printed plan and messages.</summary>
internal static class Describe
{
    /// <summary>Such as: Layer 3, Conv2d (16, 14, 14) → (32, 14, 14), 5×5, padding 2.</summary>
    /// <param name="others">How many other layers are meant as well, which are like it.</param>
    public static string Layer(Layer layer, int others = 0)
    {
        string name = others == 0 ? layer.Name : $"{layer.Name} and {others} like it";
        return string.Join(", ", Details(layer.Operation).Prepend($"Layer {name}, {layer.Kind} {layer.Input} → {layer.Output}")) + ".";
    }

    /// <summary>What distinguishes an operation from others of its kind, such as: 5×5, padding 2.</summary>
    public static IEnumerable<string> Details(Operation operation) => operation switch
    {
        Convolution convolution =>
        [
            .. Window(convolution.Dimensions == 1, convolution.Rows, convolution.Columns),
            .. convolution.Groups == 1 ? [] : new[] { $"{convolution.Groups} groups" },
            .. convolution.Bias ? [] : new[] { "no bias" },
        ],
        Linear { Bias: false } => ["no bias"],
        MaxPool pool => Window(pool.Rows == Axis.None, pool.Rows, pool.Columns),
        AveragePool pool => Window(pool.Rows == Axis.None, pool.Rows, pool.Columns),
        BatchNorm { FoldedInto: >= 0 } => ["folded at load"],
        Activation activation => activation.Parameters.Select(Numbers.Display),
        _ => [],
    };

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

    private static IEnumerable<string> Window(bool oneDimensional, Axis rows, Axis columns)
    {
        yield return oneDimensional ? $"{columns.Kernel} taps" : $"{rows.Kernel}×{columns.Kernel}";
        foreach ((string name, int row, int column, int usual) in new[]
        {
            ("stride", rows.Stride, columns.Stride, 1),
            ("padding", rows.Padding, columns.Padding, 0),
            ("dilation", rows.Dilation, columns.Dilation, 1),
        })
        {
            if (oneDimensional ? column != usual : row != usual || column != usual)
            {
                yield return oneDimensional || row == column ? $"{name} {column}" : $"{name} {row}×{column}";
            }
        }
    }
}
