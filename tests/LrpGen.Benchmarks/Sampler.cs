using System.Diagnostics;

namespace LrpGen.Benchmarks;

/// <summary>Times calls in turn, so that what else the machine does meets all alike.</summary>
internal static class Sampler
{
    /// <summary>A sample takes about this long, or one call, so that neither a short interruption nor the rest before it matters.</summary>
    private const double SampleMilliseconds = 50;

    private const int FewestSamples = 7;
    private const int MostSamples = 101;

    /// <summary>The JIT compiles a method again after 30 calls, and once more, with what it learnt, after 30 more.</summary>
    private const int CallsToTierUp = 32;

    private const int WarmUps = 3;

    /// <summary>The JIT waits for 100 ms without new methods, and then compiles in the background.</summary>
    private static readonly TimeSpan BackgroundCompilation = TimeSpan.FromMilliseconds(300);

    /// <summary>The process rests when it has used less than a tenth of this time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    /// <summary>Longer than ONNX Runtime's threads look for work.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Warms up all calls, and times them in turn.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="budget">
    /// What the samples of one call may take, unless there are too few of them. Warming up may take as long: calls that take long have loops
    /// that the JIT replaces while they run, so that a few will do.
    /// </param>
    /// <returns>The times of each call.</returns>
    public static IReadOnlyList<Samples> Measure(IReadOnlyList<Action> calls, TimeSpan budget)
    {
        foreach (Action call in calls)
        {
            WarmUp(call, budget / WarmUps);
        }

        int[] counts = [.. calls.Select(call => (int)Math.Ceiling(SampleMilliseconds / Time(call, 1)))];
        double round = calls.Zip(counts, static (call, count) => count * Time(call, count)).Sum();
        int samples = Math.Clamp((int)(budget.TotalMilliseconds * calls.Count / round), FewestSamples, MostSamples);
        double[][] times = [.. calls.Select(_ => new double[samples])];
        for (int sample = 0; sample < samples; sample++)
        {
            for (int call = 0; call < times.Length; call++)
            {
                WaitForRest();
                times[call][sample] = Time(calls[call], counts[call]);
            }
        }

        return [.. times.Select(Samples.Of)];
    }

    private static void WarmUp(Action call, TimeSpan time)
    {
        for (int warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int count = 0; count < CallsToTierUp && Stopwatch.GetElapsedTime(start) < time; count++)
            {
                call();
            }

            Thread.Sleep(BackgroundCompilation);
        }
    }

    // Of this process only. The threads of a call may go on looking for work, ONNX Runtime's for more than a second, which the next call
    // shall not feel.
    private static void WaitForRest()
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan used;
        do
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(Rest);
            used = Environment.CpuUsage.TotalTime - before;
        }
        while (used > Rest / 10 && Stopwatch.GetElapsedTime(start) < LongestWait);

        if (used > Rest / 10)
        {
            throw new TimeoutException($"Threads of an earlier call still work after {LongestWait}: what comes next cannot be timed.");
        }
    }

    private static double Time(Action call, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int index = 0; index < count; index++)
        {
            call();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / count;
    }
}

/// <summary>Times of one call, in milliseconds.</summary>
internal readonly record struct Samples(double Median, double Minimum)
{
    public static Samples Of(double[] times)
    {
        double[] ordered = [.. times.Order()];
        return new Samples((ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2, ordered[0]);
    }
}
