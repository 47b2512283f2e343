using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class BodyChoiceTests
{
    [Test]
    public void Of_every_group_of_calls_one_is_the_control([Values(2, 3, 16, 100)] int controlEvery)
    {
        var choice = new BodyChoice(controlEvery, probeEvery: 1);
        var places = new HashSet<int>();
        for (int group = 0; group < 1000; group++)
        {
            int[] controls = [.. Enumerable.Range(0, controlEvery).Where(place => !choice.IsProbing(7, (long)group * controlEvery + place))];
            Assert.That(controls, Has.Length.EqualTo(1));
            places.Add(controls[0]);
        }
        Assert.That(places, Has.Count.EqualTo(controlEvery), "every place in a group is the control at some time");
    }

    [Test]
    public void The_first_call_probes_and_every_run_chooses_alike()
    {
        for (int method = 0; method < 100; method++)
        {
            Assert.That(new BodyChoice(16, 1).IsProbing(method, 0));
            Assert.That(Choices(new(16, 5), method), Is.EqualTo(Choices(new(16, 5), method)));
        }
        Assert.That(Choices(new(16, 1), 1), Is.Not.EqualTo(Choices(new(16, 1), 2)));
    }

    [Test]
    public void Of_the_others_one_in_so_many_probes()
    {
        Assert.That(Choices(new(0, 10), 3, 100_000).Count(static probing => probing), Is.EqualTo(10_000).Within(500));
        Assert.That(Choices(new(0, 1), 3), Is.All.True);
        Assert.That(Choices(new(16, 0), 3), Is.All.False);
        Assert.That(Choices(new(1, 1), 3), Is.All.False);
    }

    [Test]
    public void A_run_is_as_long_as_the_choice_stays()
    {
        var choice = new BodyChoice(16, 2);
        for (long call = 0; call < 10_000; )
        {
            int run = choice.RunFrom(5, call);
            Assert.That(Enumerable.Range(0, run).Select(i => choice.IsProbing(5, call + i)).Distinct().Count(), Is.EqualTo(1));
            Assert.That(run == BodyChoice.LongestRun || choice.IsProbing(5, call + run) != choice.IsProbing(5, call));
            call += run;
        }
    }

    private static bool[] Choices(BodyChoice choice, int method, int calls = 1000) =>
        [.. Enumerable.Range(0, calls).Select(call => choice.IsProbing(method, call))];
}
