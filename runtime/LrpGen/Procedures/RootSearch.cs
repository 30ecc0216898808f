namespace LrpGen.Execution;

/// <summary>
/// Searches a root of f downhill from x: along −∇f, or +∇f where f &lt; 0, until f changes its sign, then by bisection. Where f begins to rise
/// before that, another line begins, along the gradient there. Values that come to a bound stay there.
/// </summary>
/// <param name="f">The explained function, with its gradient.</param>
/// <param name="box">Bounds of the root.</param>
/// <param name="value">f(x).</param>
/// <param name="point">x; receives the root.</param>
/// <param name="gradient">Memory for gradients.</param>
/// <param name="trial">Memory for points.</param>
internal ref struct RootSearch<TPasses, TObjective>(
    Explained<float, TPasses, TObjective> f, Box box, float value, Span<float> point, Span<float> gradient, Span<float> trial)
    where TPasses : struct, INetworkPasses<float>
    where TObjective : IObjective, allows ref struct
{
    /// <summary>|f(x₀)| / |f(x)| at which a point is a root: some hundred times the rounding of float32.</summary>
    private const float Tolerance = 1e-5f;

    /// <summary>
    /// Gradients that are followed. Mostly the first leads to a root, but hundreds are needed where many units switch off one by one on the way.
    /// </summary>
    private const int MaxLines = 1024;

    /// <summary>Halvings of an interval; after 24, float32 can hardly tell its ends apart.</summary>
    private const int MaxHalvings = 32;

    private readonly Explained<float, TPasses, TObjective> f = f;
    private readonly Span<float> point = point;
    private readonly Span<float> gradient = gradient;
    private readonly Span<float> trial = trial;
    private readonly float sign = MathF.CopySign(1, value);

    /// <summary>sign · f at the point: what is left to go down.</summary>
    private float height = Math.Abs(value);

    /// <returns>f at the root.</returns>
    /// <exception cref="NoRootException">No root was found.</exception>
    public float Run()
    {
        if (!float.IsFinite(height))
        {
            throw NoRoot("f is not finite there");
        }

        float tolerance = Tolerance * height;
        bool crossed = false;
        for (int lines = 0; !(height <= tolerance || crossed); lines++)
        {
            if (lines == MaxLines)
            {
                throw NoRoot($"{MaxLines} gradients were followed");
            }

            f.Explain(point, gradient);
            crossed = FollowGradient(tolerance);
        }

        return sign * height;
    }

    /// <summary>Moves the point along its gradient: to a root, if f changes its sign on the way, else to where f is lowest.</summary>
    /// <returns>Whether f changes its sign.</returns>
    private bool FollowGradient(float tolerance)
    {
        // Newton's step, which reaches the root of a linear function, and further while f falls.
        float slope = SquaredSlope();
        float near = 0;
        float far = height / slope;
        if (!float.IsFinite(slope) || !float.IsFinite(far))
        {
            throw NoRoot(float.IsFinite(slope) ? "the gradient vanishes" : "the gradient is not finite there");
        }

        float there = HeightAt(far);
        while (there > 0 && there < height)
        {
            near = far;
            height = there;
            far *= 2;
            there = HeightAt(far);
        }

        bool crossed = there <= 0;
        if (crossed)
        {
            near = Bisect(near, far, tolerance);
            if (height > AtRoot.RootTolerance * Math.Abs(value))
            {
                throw NoRoot("f jumps to the other side of 0");
            }
        }
        else if (near == 0)
        {
            if (!float.IsFinite(there))
            {
                throw NoRoot("f is not finite where the gradient leads");
            }

            // Where the gradient jumps, f may not fall at all. The step is taken all the same, as in Polyak's subgradient method.
            near = far;
            height = there;
        }

        Move(point, near);
        return crossed;
    }

    /// <summary>Narrows an interval of steps, before which f has the sign of f(x) and after which it has not.</summary>
    /// <returns>Its beginning, so that behind a flat end of f, where the gradient is 0, the root is that where f becomes 0.</returns>
    private float Bisect(float near, float far, float tolerance)
    {
        for (int halvings = 0; halvings < MaxHalvings && height > tolerance; halvings++)
        {
            float middle = near + ((far - near) / 2);
            float there = HeightAt(middle);
            if (there > 0)
            {
                near = middle;
                height = there;
            }
            else
            {
                far = middle;
            }
        }

        return near;
    }

    /// <summary>‖∇f‖² over the values that no bound holds back.</summary>
    private readonly float SquaredSlope()
    {
        float slope = 0;
        for (int i = 0; i < point.Length; i++)
        {
            slope += box.Allows(i, point[i], -sign * gradient[i]) ? gradient[i] * gradient[i] : 0;
        }

        return slope;
    }

    private readonly float HeightAt(float step)
    {
        point.CopyTo(trial);
        Move(trial, step);
        return sign * f.At(trial);
    }

    private readonly void Move(Span<float> from, float step)
    {
        for (int i = 0; i < from.Length; i++)
        {
            from[i] = box.Clamp(i, from[i] - (step * sign * gradient[i]));
        }
    }

    private readonly NoRootException NoRoot(string reason) => new(FormattableString.Invariant(
        $"No root was found: on the way down from f(x) = {value} the search ended at f = {sign * height}, because {reason}."));
}
