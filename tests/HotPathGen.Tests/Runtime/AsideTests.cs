using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>Work on another thread. The caller waits for it, but not longer than a limit.</summary>
public sealed class AsideTests
{
    [Test]
    public void What_others_keep_waiting_is_given_up_and_the_rest_is_not_done()
    {
        using var never = new ManualResetEvent(false);
        using var after = new ManualResetEvent(false);
        var (aside, did) = (new Aside(), "");
        aside.Run(
            () =>
            {
                aside.Wait("a pipe", () => never.WaitOne());
                aside.Wait("a file", () => did = "a file");
                after.Set();
            },
            TimeSpan.Zero
        );
        Assert.That(aside.GaveUpOn, Is.EqualTo("a pipe"));
        never.Set();
        after.WaitOne();
        Assert.That(did, Is.Empty);
    }

    [Test]
    public void What_computes_has_all_the_time_it_needs()
    {
        var (aside, did) = (new Aside(), 0);
        aside.Run(
            () =>
            {
                Thread.Sleep(20);
                aside.Wait("a file", () => did++);
                Thread.Sleep(20);
                did++;
            },
            TimeSpan.FromMinutes(1)
        );
        Assert.That((did, aside.GaveUpOn), Is.EqualTo((2, (string?)null)));
    }

    [Test]
    public void What_throws_ends_nothing()
    {
        var aside = new Aside();
        aside.Run(() => aside.Wait("a file", static () => throw new InvalidOperationException("for the test")), TimeSpan.FromMinutes(1));
        Assert.That(aside.GaveUpOn, Is.Null);
    }
}
