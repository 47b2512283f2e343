using System.Collections;
using System.Text.Json;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class DeferredTests
{
    [Test]
    public void Steps_of_an_iterator_are_segments_of_its_call()
    {
        var (hot, consumer) = (new Hot("iterator"), new Hot());
        var sequence = hot.Start(Arrays, static (frame, e) => frame.Observe(e));
        int count = 0;
        consumer.Run(() =>
        {
            foreach (byte[]? array in sequence)
            {
                count += array.Length;
            }
        });

        var figures = hot.Read();
        Assert.Multiple(() =>
        {
            Assert.That(count, Is.EqualTo(3 * 1000));
            Assert.That(figures is { Calls: 1, Completed: 1, Failures: 0, BytesSamples: 1 });
            Assert.That(figures.Allocated("maxBytes"), Is.EqualTo(3 * 1024));
            Assert.That(figures.Contexts.Sum(static c => c.GetProperty("inclusiveBytes").GetInt64()), Is.EqualTo(figures.InclusiveBytes));
            Assert.That(figures.Contexts.Select(static c => c.GetProperty("parent").ValueKind), Has.Some.EqualTo(JsonValueKind.Number));
            Assert.That(consumer.Read().SelfBytes, Is.Zero);
        });

        static IEnumerable<byte[]> Arrays()
        {
            for (int i = 0; i < 3; i++)
            {
                yield return new byte[1000];
            }
        }
    }

    [Test]
    public void An_enumeration_ends_once_by_exception_by_break_or_at_the_end()
    {
        var hot = new Hot("iterator");
        Assert.Throws<InvalidOperationException>(() => hot.Start(Failing, static (frame, e) => frame.Observe(e)).Count());
        Assert.That(hot.Start(Failing, static (frame, e) => frame.Observe(e)).First(), Is.EqualTo(1));
        var untyped = hot.Start(() => (IEnumerable)Failing().Take(1), static (frame, e) => frame.Observe(e));
        Assert.That(untyped.Cast<int>(), Is.EqualTo((int[])[1]));
        using (var typed = hot.Start(() => Failing().Take(1).GetEnumerator(), static (frame, e) => frame.Observe(e)))
        {
            Assert.That(typed.MoveNext() && typed.Current == 1 && !typed.MoveNext() && !typed.MoveNext());
        }

        Assert.That(hot.Read() is { Calls: 4, Completed: 4, Failures: 1 });

        static IEnumerable<int> Failing()
        {
            yield return 1;
            throw new InvalidOperationException();
        }
    }

    [Test]
    public void Dispose_runs_the_iterators_finally()
    {
        var hot = new Hot("iterator");
        bool isDisposed = false;
        foreach (int value in hot.Start(Values, static (frame, e) => frame.Observe(e)))
        {
            break;
        }

        Assert.That(isDisposed);

        IEnumerable<int> Values()
        {
            try
            {
                yield return 1;
            }
            finally
            {
                isDisposed = true;
            }
        }
    }
}
