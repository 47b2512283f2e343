using HotPathGen.Runtime.Live;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording.Live;

public sealed class SeriesTableTests
{
    [Test]
    public void All_have_a_series_while_there_is_room()
    {
        var table = Table(bound: 3);
        table.Update("start", Read(("a", 1), ("b", 2), ("c", 3)));
        Assert.That(Own(table), Is.EqualTo("c=3 b=2 a=1"));
        Assert.That(table.Others, Is.Null);
    }

    [Test]
    public void Half_of_the_room_is_kept_for_what_is_hot_later_until_it_is_full()
    {
        var table = Table(bound: 4);
        table.Update("start", Read(("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5), ("f", 6)));
        Assert.That(Own(table), Is.EqualTo("f=6 e=5"));
        Assert.That(table.Others, Is.EqualTo((long[])[10]));

        table.Update("start", Read(("a", 101), ("b", 2), ("c", 3), ("d", 4), ("e", 5), ("f", 7)));
        Assert.That(Own(table), Is.EqualTo("f=7 e=5 a=100"), "what a had before stays with the others");
        Assert.That(table.Others, Is.EqualTo((long[])[10]));

        table.Update("start", Read(("a", 101), ("b", 2), ("c", 3), ("d", 5), ("e", 5), ("f", 7)));
        table.Update("start", Read(("a", 101), ("b", 900), ("c", 3), ("d", 5), ("e", 5), ("f", 7)));
        Assert.That(Own(table), Is.EqualTo("f=7 e=5 a=100 d=1"), "there is no room for b");
        Assert.That(table.Others, Is.EqualTo((long[])[10 + 898]));
    }

    [Test]
    public void A_reset_lets_counters_grow_from_where_they_are()
    {
        var table = Table(bound: 2);
        table.Update("start", Read(("a", 10), ("b", 20), ("c", 30)));
        table.Update("start", Read(("a", 11), ("b", 25), ("c", 30)));
        Assert.That((Own(table), table.Others), Is.EqualTo(("c=30 b=5", (long[])[31])));

        table.Update("reset", Read(("b", 1), ("d", 2)));
        Assert.That((Own(table), table.Others), Is.EqualTo(("c=30 b=6", (long[])[33])));

        table.Update("reset again", Read());
        table.Update("reset again", Read(("a", 1), ("b", 1), ("c", 1), ("d", 1)));
        Assert.That((Own(table), table.Others), Is.EqualTo(("c=31 b=7", (long[])[35])));
    }

    [Test]
    public void An_estimate_that_falls_is_waited_for()
    {
        var table = Table(bound: 1);
        table.Update("start", Read(("a", 100), ("b", 50)));
        table.Update("start", Read(("a", 90), ("b", 40)));
        Assert.That((Own(table), table.Others), Is.EqualTo(("a=100", (long[])[50])));
        table.Update("start", Read(("a", 101), ("b", 51)));
        Assert.That((Own(table), table.Others), Is.EqualTo(("a=101", (long[])[51])));
    }

    private static SeriesTable<string> Table(int bound) => new(bound, figures: 1, heat: 0);

    private static Dictionary<string, long[]> Read(params (string Key, long Value)[] figures) =>
        figures.ToDictionary(static figure => figure.Key, static figure => (long[])[figure.Value]);

    private static string Own(SeriesTable<string> table) =>
        string.Join(' ', table.Series.Select(static series => $"{series.Key}={series.Figures[0]}"));
}
