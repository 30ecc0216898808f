namespace LrpGen.Onnx;

/// <summary>The means of windows ⌊k·n/m⌋ … ⌈(k+1)·n/m⌉ that cut n inputs into m outputs, as a matrix: PyTorch's adaptive average pool.</summary>
internal static class AdaptiveWindows
{
    /// <summary>[n][m], for a product with the inputs on the left.</summary>
    public static float[] Columns(int inputs, int outputs) => Matrix(inputs, outputs, (input, output) => (input * outputs) + output);

    /// <summary>[m][n], for a product with the inputs on the right.</summary>
    public static float[] Rows(int inputs, int outputs) => Matrix(inputs, outputs, (input, output) => (output * inputs) + input);

    private static float[] Matrix(int inputs, int outputs, Func<int, int, int> index)
    {
        float[] matrix = new float[inputs * outputs];
        for (int output = 0; output < outputs; output++)
        {
            int start = output * inputs / outputs;
            int end = (((output + 1) * inputs) + outputs - 1) / outputs;
            for (int input = start; input < end; input++)
            {
                matrix[index(input, output)] = 1f / (end - start);
            }
        }

        return matrix;
    }
}
