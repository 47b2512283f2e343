using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>The hardware clock, where the machine has one.</summary>
public sealed class ClockTests
{
    [Test]
    public void The_counters_frequency_is_the_same_while_others_want_every_processor()
    {
        if (Enumerable.Range(0, 20).All(static _ => HardwareClock.TryOpen() is null))
        {
            Assert.Ignore("this machine has no time stamp counter to rely on.");
        }

        bool isDone = false;
        Thread[] others =
        [
            .. Enumerable
                .Range(0, 6 * Environment.ProcessorCount)
                .Select(_ => new Thread(() =>
                {
                    while (!Volatile.Read(ref isDone))
                    {
                        Thread.SpinWait(100);
                    }
                })),
        ];
        Array.ForEach(others, static t => t.Start());
        double?[] frequencies;
        try
        {
            frequencies = [.. Enumerable.Range(0, 100).Select(static _ => HardwareClock.TryOpen()?.Frequency)];
        }
        finally
        {
            Volatile.Write(ref isDone, true);
            Array.ForEach(others, static t => t.Join());
        }
        Assert.That(frequencies, Has.None.Null);
        Assert.That(frequencies.Max() / frequencies.Min(), Is.LessThan(1.01));
    }
}
