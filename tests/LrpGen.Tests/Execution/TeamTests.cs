using System.Runtime.CompilerServices;
using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

[Collection(nameof(TeamTests))]
public class TeamTests
{
    public static readonly TheoryData<int> Members = [1, 2, 3, 4, 8, 16];

    /// <summary>Runs a program that is given as a function.</summary>
    private sealed class Work(Action<Part, Memory<float>> run, int length = 1024) : ITeamWork
    {
        private readonly float[] shared = new float[length];

        public void Call(TeamPool pool)
        {
            Team team = pool.Rent();
            try
            {
                Part part = team.Begin(this, 0, new(0));
                run(part, shared);
                team.End();
            }
            finally
            {
                pool.Return(team);
            }
        }

        public void Run(int program, Part part, Span<float> workspace, in Call call) => run(part, shared);

        public void AssertAll(float value) => Assert.False(shared.AsSpan().ContainsAnyExcept(value));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void AllMembersRunTheProgramOnThreadsOfTheirOwn(int members)
    {
        RecordingWork work = new(members);
        work.Run(new TeamPool(16, members).Rent());
        Assert.All(work.Arguments, arguments => Assert.Equal((3, new Call(7, 5)), arguments));
        Assert.Same(Thread.CurrentThread, work.Threads[0]);
        Assert.Equal(members, work.Threads.Distinct().Count());
        Assert.All(work.Threads.Skip(1), thread => Assert.True(thread!.IsBackground && thread.Name!.StartsWith("LrpGen", StringComparison.Ordinal)));
    }

    [Fact]
    public void MembersShareTheWorkspace()
    {
        Team team = new TeamPool(4, threads: 4).Rent();
        WorkspaceWork work = new();
        Call call = new(0);
        work.Run(0, team.Begin(work, 0, call), team.Workspace, call);
        team.End();
        Assert.Equal([1, 2, 3, 4], team.Workspace);
    }

    private sealed class WorkspaceWork : ITeamWork
    {
        public void Run(int program, Part part, Span<float> workspace, in Call call)
        {
            (int first, int end) = part.Of(workspace.Length);
            workspace[first] = end;
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void WhatIsWrittenBeforeAWaitIsReadAfterIt(int members)
    {
        const int rounds = 2000;
        int wrong = 0;
        Work work = new((part, shared) =>
        {
            (int rank, _) = part.Of(members);
            for (int round = 1; round <= rounds; round++)
            {
                shared.Span[rank] = round;
                part.Wait();
                if (shared.Span[..members].ContainsAnyExcept(round))
                {
                    Interlocked.Increment(ref wrong);
                }

                part.Wait();
            }
        });
        TeamPool pool = new(0, members);
        work.Call(pool);
        work.Call(pool);
        Assert.Equal(0, wrong);
    }

    /// <summary>In short and long pauses, between calls and in them, members sleep and are woken.</summary>
    [Theory]
    [MemberData(nameof(Members))]
    public void MembersWakeAfterAnyPause(int members)
    {
        int runs = 0;
        Work work = new((part, _) =>
        {
            Interlocked.Increment(ref runs);
            for (int pause = 0; pause < 10; pause++)
            {
                if (part.Of(members).First == pause % members)
                {
                    Thread.Sleep(pause % 3);
                }

                part.Wait();
            }
        });
        TeamPool pool = new(0, members);
        for (int call = 0; call < 20; call++)
        {
            Thread.Sleep(call % 4);
            work.Call(pool);
        }

        Assert.Equal(20 * members, runs);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void CallsAllocateNothing(int members)
    {
        // Of the members' own threads: the test host's allocate now and then.
        long[] bytes = new long[members];
        Work work = new((part, _) =>
        {
            for (int step = 0; step < 20; step++)
            {
                part.Wait();
            }

            bytes[part.Of(members).First] = GC.GetAllocatedBytesForCurrentThread();
        });
        TeamPool pool = new(16, members);

        // The smallest of several runs, because the runtime allocates at times.
        long allocated = Enumerable.Range(0, 10).Min(_ =>
        {
            work.Call(pool);
            long before = bytes.Sum();
            for (int call = 0; call < 50; call++)
            {
                work.Call(pool);
            }

            return bytes.Sum() - before;
        });
        Assert.Equal(0, allocated);
    }

    /// <summary>Whether the caller waits for the others at a step or at the end, and wherever they are.</summary>
    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(5, false)]
    [InlineData(5, true)]
    public void TheCallerGetsWhatAMemberThrows(int members, bool callerWaits)
    {
        bool fails = true;
        Work work = new((part, _) =>
        {
            if (Volatile.Read(ref fails) && part.Of(members).First == members - 1)
            {
                throw new InvalidDataException("Member");
            }

            if (!part.IsFirst || callerWaits)
            {
                part.Wait();
            }
        });
        AssertFailsOnlyWhile(work, members, "Member", ref fails, usableAfterwards: callerWaits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void MembersLeaveWhenTheCallerThrows(int members)
    {
        bool fails = true;
        Work work = new((part, _) =>
        {
            if (Volatile.Read(ref fails) && part.IsFirst)
            {
                throw new InvalidDataException("Caller");
            }

            part.Wait();
        });
        AssertFailsOnlyWhile(work, members, "Caller", ref fails, usableAfterwards: true);
    }

    private static void AssertFailsOnlyWhile(Work work, int members, string message, ref bool fails, bool usableAfterwards)
    {
        TeamPool pool = new(16, members);
        Team team = pool.Rent();
        pool.Return(team);
        for (int call = 0; call < 100; call++)
        {
            Assert.Equal(message, Assert.Throws<InvalidDataException>(() => work.Call(pool)).Message);
        }

        Volatile.Write(ref fails, false);
        if (usableAfterwards)
        {
            for (int call = 0; call < 100; call++)
            {
                work.Call(pool);
            }
        }

        Assert.Same(team, pool.Rent());
    }

    [Fact]
    public async Task ManyThreadsMayCallAtOnce()
    {
        TeamPool pool = new(0, threads: 3);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            Work work = new((part, shared) =>
            {
                for (int step = 0; step < 10; step++)
                {
                    foreach (ref float value in part.Of(shared.Span))
                    {
                        value++;
                    }

                    part.Wait();
                }
            });
            for (int call = 0; call < 200; call++)
            {
                work.Call(pool);
            }

            work.AssertAll(200 * 10);
        })));
    }

    [Fact]
    public void AMemberMayRunATeam()
    {
        int runs = 0;
        TeamPool pool = new(0, threads: 2);
        Work inner = new((part, _) =>
        {
            part.Wait();
            Interlocked.Increment(ref runs);
        });
        new Work((_, _) => inner.Call(pool)).Call(pool);
        Assert.Equal(4, runs);
    }

    [Fact]
    public void ThreadsEndWhenTheTeamIsCollected()
    {
        Thread thread = Start();
        for (int attempt = 0; attempt < 300 && thread.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        Assert.False(thread.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Thread Start()
        {
            TeamPool pool = new(16, threads: 2);
            RecordingWork work = new(2);
            Team team = pool.Rent();
            work.Run(team);
            pool.Return(team);
            return work.Threads[1]!;
        }
    }

    /// <summary>An engine holds its teams: if a thread held the engine, none of them would ever end.</summary>
    [Fact]
    public void AWaitingTeamDoesNotHoldItsWork()
    {
        TeamPool pool = new(16, threads: 2);
        WeakReference work = Call(pool);
        for (int attempt = 0; attempt < 300 && work.IsAlive; attempt++)
        {
            GC.Collect();
            Thread.Sleep(10);
        }

        Assert.False(work.IsAlive);
        GC.KeepAlive(pool);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Call(TeamPool pool)
        {
            Work work = new((part, _) => part.Wait());
            work.Call(pool);
            return new WeakReference(work);
        }
    }
}

/// <summary>Tests that run beside no others, since they count what all threads allocate.</summary>
[CollectionDefinition(nameof(TeamTests), DisableParallelization = true)]
public sealed class TeamTestsRunAlone;
