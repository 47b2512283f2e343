using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class DeferredTests
{
    [Test]
    public void The_task_is_the_same_and_its_wall_time_is_recorded_when_it_completes()
    {
        var hot = new Hot("async");
        var source = new TaskCompletionSource();
        var task = hot.Start(() => source.Task);
        var pending = hot.Read();
        source.SetResult();
        var done = hot.Read();

        Assert.Multiple(() =>
        {
            Assert.That(task, Is.SameAs(source.Task));
            Assert.That(pending is { Calls: 1, Completed: 0, WallNs: 0 });
            Assert.That(done is { Calls: 1, Completed: 1, Failures: 0 });
            Assert.That(done.WallNs, Is.GreaterThan(done.InclusiveNs));
            Assert.That(done.Time("meanNs"), Is.EqualTo(done.WallNs));
            Assert.That(done.Json.GetProperty("time").GetProperty("basis").GetString(), Is.EqualTo("wall"));
        });
    }

    [Test]
    public void A_task_with_a_result_is_the_same_too()
    {
        var hot = new Hot("async");
        var source = new TaskCompletionSource<string>();
        var task = hot.Start(() => source.Task, static (frame, t) => frame.Observe(t));
        source.SetResult("x");
        Assert.That(task, Is.SameAs(source.Task));
        Assert.That(hot.Read() is { Calls: 1, Completed: 1 });
    }

    [Test]
    public void Value_tasks_keep_their_results_and_tasks()
    {
        var hot = new Hot("async");
        var source = new TaskCompletionSource<int>();
        var pending = hot.Start(() => new ValueTask<int>(source.Task), static (frame, t) => frame.Observe(t));
        var done = hot.Start(static () => new ValueTask<int>(5), static (frame, t) => frame.Observe(t));
        var plain = hot.Start(static () => default(ValueTask), static (frame, t) => frame.Observe(t));
        source.SetResult(4);
        Assert.Multiple(() =>
        {
            Assert.That(pending.AsTask(), Is.SameAs(source.Task));
            Assert.That(done.Result, Is.EqualTo(5));
            Assert.That(plain.IsCompletedSuccessfully);
            Assert.That(hot.Read() is { Calls: 3, Completed: 3, Failures: 0 });
        });
    }

    [Test]
    public void Faulted_and_cancelled_tasks_are_failures_whenever_they_fail()
    {
        var hot = new Hot("async");
        var (faulted, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        hot.Start(() => faulted.Task);
        hot.Start(() => cancelled.Task);
        faulted.SetException(new InvalidOperationException());
        cancelled.SetCanceled();
        hot.Start(static () => Task.FromException(new InvalidOperationException()));
        hot.Start(static () => Task.FromCanceled(new CancellationToken(true)));
        Assert.Throws<InvalidOperationException>(() => hot.Start((Func<Task>)(static () => throw new InvalidOperationException())));
        hot.Start(static () => Task.CompletedTask);
        Assert.That(hot.Read() is { Calls: 6, Completed: 6, Failures: 5 });
        Assert.That(faulted.Task.Exception, Is.Not.Null);
    }

    [Test]
    public void Observing_a_faulted_task_leaves_its_exception_unobserved()
    {
        var hot = new Hot("async");
        string message = Guid.NewGuid().ToString();
        int unobserved = 0;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        try
        {
            Fail(hot, message);
            // The finalizer of the task raises the event. .NET decides when the task becomes garbage, so this tries several times.
            for (int i = 0; i < 50 && Volatile.Read(ref unobserved) == 0; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= OnUnobserved;
        }
        Assert.That(unobserved, Is.EqualTo(1));

        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            if (e.Exception.InnerException?.Message == message)
            {
                Interlocked.Increment(ref unobserved);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Fail(Hot hot, string message)
        {
            var source = new TaskCompletionSource();
            hot.Start(() => source.Task);
            source.SetException(new InvalidOperationException(message));
        }
    }

    [Test]
    public async Task A_task_that_completes_on_another_thread_is_counted_there()
    {
        var hot = new Hot("async");
        var source = new TaskCompletionSource();
        var task = hot.Start(() => source.Task);
        FrameTests.OnThreads(1, source.SetResult);
        await task;
        Assert.That(hot.Read() is { Calls: 1, Completed: 1, Threads: 1 });
    }

    [Test]
    public void What_observing_allocates_is_nobodys()
    {
        Complete(new(), new("async")); // The first call makes the test's own delegates.
        var (outer, hot) = (new Hot(), new Hot("async"));
        for (int i = 0; i < 3; i++)
        {
            Complete(outer, hot);
        }

        Assert.That(hot.Read() is { Calls: 3, Completed: 3, InclusiveBytes: 0 });
        Assert.That(outer.Read() is { Calls: 3, InclusiveBytes: 0 });

        // Completing a task that nobody awaits allocates nothing.
        static void Complete(Hot outer, Hot hot)
        {
            var source = new TaskCompletionSource();
            Func<Task> start = () => source.Task;
            outer.Run(() =>
            {
                hot.Start(start);
                source.SetResult();
            });
        }
    }

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

    [Test]
    public async Task An_async_enumeration_is_timed_to_its_end()
    {
        var hot = new Hot("async-iterator");
        var gate = new TaskCompletionSource();
        var reader = Sum(hot.Start(() => Values(gate.Task), static (frame, e) => frame.Observe(e)));
        Assert.That(hot.Read() is { Calls: 1, Completed: 0 });
        gate.SetResult();
        Assert.That(await reader, Is.EqualTo(3));
        Assert.That(hot.Read() is { Calls: 1, Completed: 1, Failures: 0 });

        var failing = hot.Start(() => Values(Task.FromException(new InvalidOperationException())), static (frame, e) => frame.Observe(e));
        Assert.ThrowsAsync<InvalidOperationException>(() => Sum(failing));
        Assert.That(hot.Read() is { Calls: 2, Completed: 2, Failures: 1 });

        static async IAsyncEnumerable<int> Values(Task gate)
        {
            yield return 1;
            await gate;
            yield return 2;
        }

        static async Task<int> Sum(IAsyncEnumerable<int> values)
        {
            int sum = 0;
            await foreach (int value in values)
            {
                sum += value;
            }

            return sum;
        }
    }
}
