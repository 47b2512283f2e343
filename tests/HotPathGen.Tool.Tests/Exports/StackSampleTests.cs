using HotPathGen.Tool.Exports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>The exported stacks add up to the figures of the snapshot.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class StackSampleTests(bool isLarge)
{
    private readonly SnapshotDocument _snapshot = isLarge ? MadeSnapshot.Large(100, 2_000) : MadeSnapshot.Recorded;

    [Test]
    public void Samples_of_a_context_add_up_to_it()
    {
        var sums = StackSample
            .Of(_snapshot)
            .GroupBy(static sample => sample.Context.Id)
            .Select(static group => (group.Key, group.Sum(static s => s.Calls), group.Sum(static s => s.SelfNs), group.Sum(static s => s.SelfBytes)));
        Assert.That(sums, Is.EqualTo(_snapshot.Contexts.Select(static c => (c.Id, c.Calls, c.SelfNs, c.SelfBytes))));
    }

    [Test]
    public void No_sample_is_negative() =>
        Assert.That(
            StackSample.Of(_snapshot),
            Has.All.Matches<StackSample>(static s => s is { Calls: >= 0, SelfNs: >= 0, SelfBytes: >= 0, Objects: >= 0 })
        );

    /// <summary>A share is rounded by at most one byte a context.</summary>
    [Test]
    public void Sites_get_the_share_of_their_bytes()
    {
        var bySite = StackSample
            .Of(_snapshot)
            .Where(static s => s.Site is not null)
            .GroupBy(static s => (s.Context.Method!.Value, s.Site!))
            .ToDictionary(static group => group.Key, static group => group.Sum(static s => s.SelfBytes));
        var contexts = _snapshot
            .Contexts.GroupBy(static c => c.Method)
            .ToDictionary(static group => group.Key ?? -1, static group => (Count: group.Count(), Bytes: group.Sum(static c => c.SelfBytes)));
        foreach (var (i, method) in _snapshot.Methods.Index())
        {
            if (!contexts.TryGetValue(i, out var own) || method.Control is null)
            {
                continue;
            }

            foreach (var site in method.Sites!)
            {
                double expected = method.Control.Probing.SelfBytes == 0 ? 0 : (double)site.Bytes / method.Control.Probing.SelfBytes * own.Bytes;
                Assert.That(
                    bySite.GetValueOrDefault((i, site)),
                    Is.EqualTo(expected).Within(own.Count + 1e-6 * expected),
                    $"{method.Name} {site.Line}:{site.Column}"
                );
            }
        }
    }

    [Test]
    public void Objects_are_those_of_sites_that_make_one_a_hit()
    {
        var allocating = _snapshot.Contexts.Where(static c => c.SelfBytes > 0).Select(static c => c.Method!.Value).Distinct().Order();
        var expected = allocating.SelectMany(i =>
            (_snapshot.Methods[i].Sites ?? [])
                .Where(static s => s is { Objects: > 0 })
                .Select(s => (i, s.Line, s.Column, (long)Math.Round(s.Objects!.Value * _snapshot.Methods[i].SiteScale!.Value)))
        );
        var exported = StackSample
            .Of(_snapshot)
            .Where(static s => s.Objects > 0)
            .GroupBy(static s => (s.Context.Method!.Value, s.Site!.Line, s.Site.Column))
            .Select(static group => (group.Key.Value, group.Key.Line, group.Key.Column, group.Sum(static s => s.Objects)));
        Assert.That(exported, Is.EquivalentTo(expected).And.Not.Empty);
    }
}
