using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class TeamPoolTests
{
    [Fact]
    public void AReturnedTeamIsRentedAgainWithoutAllocation()
    {
        TeamPool pool = new(1000);
        Team first = pool.Rent();
        Team second = pool.Rent();
        Assert.NotSame(first, second);
        Assert.Equal(new float[1000], first.Workspace);
        pool.Return(second);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Team again = pool.Rent();
        pool.Return(again);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(second, again);
    }

    [Fact]
    public async Task NoTwoThreadsHoldOneTeam()
    {
        TeamPool pool = new(64);
        await Task.WhenAll(Enumerable.Range(1, 2 * Environment.ProcessorCount + 4).Select(user => Task.Run(() =>
        {
            for (int call = 0; call < 20_000; call++)
            {
                Team team = pool.Rent();
                team.Workspace.Fill(user);
                Thread.SpinWait(10);
                Assert.False(team.Workspace.ContainsAnyExcept(user));
                pool.Return(team);
            }
        })));
    }

    [Fact]
    public void SurplusTeamsEnd()
    {
        TeamPool pool = new(16, threads: 2);
        RecordingWork work = new(2);
        Team[] teams = [.. Enumerable.Range(0, Math.Max(4, Environment.ProcessorCount) + 1).Select(_ => pool.Rent())];
        Thread[] threads = [.. teams.Select(team =>
        {
            work.Run(team);
            return work.Threads[1]!;
        })];
        foreach (Team team in teams)
        {
            pool.Return(team);
        }

        Assert.True(threads[^1].Join(TimeSpan.FromSeconds(30)));
        Assert.All(threads[..^1], thread => Assert.True(thread.IsAlive));
        Assert.DoesNotContain(teams[^1], teams.Select(_ => pool.Rent()));
    }

    [Fact]
    public void TeamsHave1To64Members()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TeamPool(16, threads: 0));
        RecordingWork work = new(Turnstile.MaxMembers);
        work.Run(new TeamPool(16, threads: 1000).Rent());
        Assert.DoesNotContain(null, work.Threads);
    }
}
