using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using HotPathGen.Runtime;

namespace HotPathGen.Tests.Recording;

/// <summary>In which operation hot code runs, and what is known of each operation and of its calls.</summary>
[NonParallelizable]
public sealed class OperationTests
{
    // An array's header and length take 24 bytes on 64 bits.
    private const int ArrayBytes = 24 + 104;

    private static object? s_kept;

    [SetUp]
    public void Forget() => HotPath.Reset();

    [TearDown]
    public void RecordEverything()
    {
        Activity.Current = null;
        HotPath.Detail = RecordingDetail.Full;
        HotPath.Reset();
    }

    [Test]
    public void A_call_of_an_operation_has_the_bytes_that_the_thread_allocates_in_its_root_frames(
        [Values(RecordingDetail.Standard, RecordingDetail.Full)] RecordingDetail detail
    )
    {
        HotPath.Detail = detail;
        var (outer, inner) = (new Hot(), new Hot());
        Action four = () =>
        {
            for (int i = 0; i < 4; i++)
            {
                inner.Run(Allocate);
            }
        };
        for (int i = 0; i < 500; i++)
        {
            using var request = new Activity("request").Start();
            outer.Run(four);
            outer.Run(Allocate);
        }

        var read = Read("request");
        Assert.Multiple(() =>
        {
            Assert.That(read.Long("calls"), Is.EqualTo(500));
            Assert.That(read.Long("open"), Is.Zero);
            Assert.That(read.Long("failures"), Is.Zero);
            Assert.That(read.Long("allocatedBytes"), Is.EqualTo(500 * 5 * ArrayBytes));
            Assert.That(
                read.Samples("bytesHistogram"),
                Is.EqualTo(
                    new long[,]
                    {
                        { Histogram.BucketOf(5 * ArrayBytes), 500 },
                    }
                )
            );
            Assert.That(read.Long("maxBytes"), Is.EqualTo(5 * ArrayBytes));
            Assert.That(read.Long("p50Bytes"), Is.EqualTo(5 * ArrayBytes).Within(6.25).Percent);
            Assert.That(read.Long("wallNs"), Is.Positive);
            Assert.That(read.Contexts(outer), Is.EqualTo(1_000));
            Assert.That(read.Contexts(inner), Is.EqualTo(2_000));
        });
    }

    [Test]
    public void Hot_code_outside_of_operations_is_in_none()
    {
        var hot = new Hot();
        using (new Activity("other").Start())
        {
            hot.Run(Allocate);
        }

        hot.Run(Allocate);
        Assert.That(hot.Read().Contexts.Select(static c => c.TryGetProperty("operation", out _)), Is.EquivalentTo([true, false]));
    }

    [Test]
    public void A_nested_frame_never_looks_in_which_operation_it_is()
    {
        var (outer, inner) = (new Hot(), new Hot());
        using var elsewhere = new Activity("elsewhere").Start();
        var context = ExecutionContext.Capture()!;
        Activity.Current = null;
        using (new Activity("here").Start())
        {
            outer.Run(() => ExecutionContext.Run(context, _ => inner.Run(Allocate), null));
        }

        Assert.That(Read("here").Contexts(inner), Is.EqualTo(1));
        ExecutionContext.Run(context, _ => inner.Run(Allocate), null);
        Assert.That(Read("elsewhere").Contexts(inner), Is.EqualTo(1));
    }

    [Test]
    public unsafe void Root_frames_take_the_slow_path_and_nested_ones_do_not()
    {
        var (outer, inner) = (new Hot(), new Hot());
        using var request = new Activity("request").Start();
        for (int i = 0; i < 3; i++)
        {
            outer.Run(() =>
            {
                inner.Run(Allocate);
                Assert.That(Recorder.Current->Top->Context->LastChild->Method, Is.EqualTo(inner.Index), "found by one comparison");
            });
            Assert.That(Recorder.Current->Top->Context->LastChild->Method, Is.EqualTo(Context.NoMethod), "never found by it");
        }
    }

    [Test]
    public void The_outermost_activity_names_the_operation_by_method_and_route_where_it_has_them()
    {
        var hot = new Hot();
        using (var request = new Activity("HttpRequestIn").Start())
        {
            request.SetTag("http.request.method", "GET").SetTag("http.route", "/orders/{id}");
            using var query = new Activity("query").Start();
            hot.Run(Allocate);
        }

        Assert.That(Read("GET /orders/{id}").Long("calls"), Is.EqualTo(1));
        Assert.That(Names(), Does.Not.Contain("query"));
    }

    [Test]
    public void The_innermost_scope_counts_before_any_activity()
    {
        var hot = new Hot();
        using (new Activity("activity").Start())
        using (HotPath.Operation("outer"))
        {
            hot.Run(Allocate);
            using (HotPath.Operation("inner"))
            {
                hot.Run(Allocate);
                hot.Run(Allocate);
            }

            hot.Run(Allocate);
        }

        Assert.That(Read("outer").Long("maxBytes"), Is.EqualTo(2 * ArrayBytes));
        Assert.That(Read("inner").Long("maxBytes"), Is.EqualTo(2 * ArrayBytes));
        Assert.That(Names(), Does.Not.Contain("activity"));
    }

    [Test]
    public async Task It_flows_to_tasks_parallel_loops_and_readers_of_channels()
    {
        var hot = new Hot();
        using (HotPath.Operation("flows"))
        {
            var channel = Channel.CreateUnbounded<int>();
            var reader = Task.Run(async () =>
            {
                await foreach (int _ in channel.Reader.ReadAllAsync())
                {
                    hot.Run(Allocate);
                }
            });
            await Task.Run(() => hot.Run(Allocate));
            Parallel.For(0, 100, _ => hot.Run(Allocate));
            for (int i = 0; i < 10; i++)
            {
                await channel.Writer.WriteAsync(i);
            }

            channel.Writer.Complete();
            await reader;
            await Task.Yield();
            hot.Run(Allocate);
        }

        Assert.That(Read("flows").Long("calls"), Is.EqualTo(1));
        Assert.That(Read("flows").Long("maxBytes"), Is.EqualTo(112 * ArrayBytes));
    }

    [Test]
    public void What_goes_on_after_the_end_is_in_the_sums_alone()
    {
        var hot = new Hot();
        using var go = new ManualResetEventSlim();
        Task late;
        using (new Activity("left").Start())
        {
            hot.Run(Allocate);
            late = Task.Run(() =>
            {
                go.Wait();
                hot.Run(Allocate);
            });
        }

        go.Set();
        late.Wait();
        var read = Read("left");
        Assert.That(read.Long("calls"), Is.EqualTo(1));
        Assert.That(read.Long("maxBytes"), Is.EqualTo(ArrayBytes));
        Assert.That(read.Long("allocatedBytes"), Is.EqualTo(2 * ArrayBytes));
    }

    [Test]
    public void Bytes_of_a_root_frame_that_is_open_at_the_end_are_still_the_calls()
    {
        var hot = new Hot();
        var request = new Activity("unwinding").Start();
        hot.Run(() =>
        {
            Allocate();
            request.Stop();
            Assert.That(Read("unwinding").Long("calls"), Is.EqualTo(1));
            Allocate();
        });
        // A snapshot in the frame is the runtime's own work. What reading it allocates is the frame's.
        Assert.That(Read("unwinding").Long("maxBytes"), Is.GreaterThanOrEqualTo(2 * ArrayBytes));
        Assert.That(Read("unwinding").Long("calls"), Is.EqualTo(1));
    }

    [Test]
    public void A_call_fails_if_its_activity_says_so_or_an_exception_leaves_a_root_frame()
    {
        var hot = new Hot();
        using (var first = new Activity("fails").Start())
        {
            hot.Run(Allocate);
            first.SetStatus(ActivityStatusCode.Error);
        }

        using (new Activity("fails").Start())
        {
            Assert.Throws<FormatException>(() => hot.Run(static () => throw new FormatException()));
        }

        using (new Activity("fails").Start())
        {
            hot.Run(() => Assert.Throws<FormatException>(() => hot.Run(static () => throw new FormatException())));
        }

        Assert.That(Read("fails").Long("calls"), Is.EqualTo(3));
        Assert.That(Read("fails").Long("failures"), Is.EqualTo(2));
    }

    [Test]
    public void A_call_that_runs_during_a_reset_is_not_counted_and_what_it_does_later_is_in_the_sums()
    {
        var hot = new Hot();
        using (new Activity("reset").Start())
        {
            hot.Run(Allocate);
            HotPath.Reset();
            hot.Run(Allocate);
        }

        Assert.That(Read("reset").Long("calls"), Is.Zero);
        Assert.That(Read("reset").Long("allocatedBytes"), Is.EqualTo(ArrayBytes));
        HotPath.Reset();
        Assert.That(Names(), Does.Not.Contain("reset"));
    }

    [Test]
    public void A_call_whose_level_changes_is_counted_without_bytes()
    {
        var hot = new Hot();
        using (new Activity("levels").Start())
        {
            hot.Run(Allocate);
            HotPath.Detail = RecordingDetail.Off;
            hot.Run(Allocate);
            HotPath.Detail = RecordingDetail.Full;
        }

        Assert.That(Read("levels").Long("calls"), Is.EqualTo(1));
        Assert.That(Read("levels").Json.TryGetProperty("maxBytes", out _), Is.False);
    }

    [Test]
    public void At_light_calls_are_counted_and_bytes_are_sums_alone()
    {
        HotPath.Detail = RecordingDetail.Light;
        var hot = new Hot();
        for (int i = 0; i < 20_000; i++)
        {
            using var request = new Activity("light").Start();
            hot.Run(Allocate);
        }

        var read = Read("light");
        Assert.That(hot.Read().Long("sampledCalls"), Is.LessThan(10_000));
        Assert.That(read.Long("calls"), Is.EqualTo(20_000));
        Assert.That(read.Long("allocatedBytes"), Is.EqualTo(20_000 * ArrayBytes).Within(4));
        Assert.That(read.Json.TryGetProperty("p50Bytes", out _), Is.False);
    }

    [Test]
    public void Calls_without_hot_code_count_once_the_operation_is_known()
    {
        var hot = new Hot();
        for (int i = 0; i < 3; i++)
        {
            using var request = new Activity("sometimes").Start();
            if (i == 0)
            {
                hot.Run(Allocate);
            }
        }

        using (new Activity("never").Start()) { }

        Assert.That(Read("sometimes").Long("calls"), Is.EqualTo(3));
        Assert.That(Read("sometimes").Long("p50Bytes"), Is.Zero);
        Assert.That(Names(), Does.Not.Contain("never"));
    }

    [Test]
    public void An_activity_that_is_never_stopped_is_counted_as_such_and_makes_room()
    {
        var hot = new Hot();
        for (int i = 0; i < 100; i++)
        {
            Leave(hot);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        string[] notes = [.. snapshot.RootElement.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()!)];
        // The thread may still hold the last one.
        Assert.That(notes.Single(static note => note.EndsWith(Notes.AbandonedCalls, StringComparison.Ordinal)), Does.Match("^(99|100) "));
        Assert.That(Read("left open").Long("allocatedBytes"), Is.EqualTo(100 * ArrayBytes));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave(Hot hot)
    {
        new Activity("left open").Start();
        hot.Run(Allocate);
        Activity.Current = null;
    }

    [Test]
    public void An_activity_that_is_stopped_where_another_one_is_current_ends_all_the_same()
    {
        var hot = new Hot();
        var request = new Activity("stopped elsewhere").Start();
        hot.Run(Allocate);
        Activity.Current = null;
        using var other = new Activity("other").Start();
        request.Stop();

        Assert.That(Read("stopped elsewhere").Long("calls"), Is.EqualTo(1));
        Assert.That(Read("stopped elsewhere").Long("open"), Is.Zero);
    }

    [Test]
    public unsafe void What_a_running_hot_method_calls_is_in_an_operation_that_begins_in_it(
        [Values(RecordingDetail.Standard, RecordingDetail.Full)] RecordingDetail detail
    )
    {
        HotPath.Detail = detail;
        var (outer, inner) = (new Hot(), new Hot());
        outer.Run(() =>
        {
            var top = Recorder.Current->Top;
            for (int i = 0; i < 200; i++)
            {
                inner.Run(Allocate);
                using (HotPath.Operation("in code"))
                {
                    inner.Run(Allocate);
                    inner.Run(Allocate);
                    Allocate();
                }

                var activity = new Activity("in an activity").Start();
                inner.Run(Allocate);
                activity.Stop();
                inner.Run(Allocate);
                Assert.That(Recorder.Current->Top == top, "nothing is left open");
            }
        });

        var (scope, activity) = (Read("in code"), Read("in an activity"));
        Figures[] snapshot = [.. Figures.Read()];
        Assert.Multiple(() =>
        {
            Assert.That(scope.Long("calls"), Is.EqualTo(200));
            Assert.That(scope.Long("maxBytes"), Is.EqualTo(2 * ArrayBytes));
            Assert.That(scope.Long("allocatedBytes"), Is.EqualTo(200 * 2 * ArrayBytes));
            Assert.That(scope.Contexts(inner), Is.EqualTo(400));
            Assert.That(activity.Long("allocatedBytes"), Is.EqualTo(200 * ArrayBytes));
            Assert.That(inner.Read(snapshot).SelfBytes, Is.EqualTo(200 * 5 * ArrayBytes));
            Assert.That(
                outer.Read(snapshot).InclusiveBytes,
                Is.EqualTo(inner.Read(snapshot).SelfBytes + outer.Read(snapshot).SelfBytes),
                "self bytes are its own"
            );
        });
    }

    [Test]
    public void An_operation_inside_of_another_one_does_not_count_for_it()
    {
        var (outer, inner) = (new Hot(), new Hot());
        Action twice = () =>
        {
            inner.Run(Allocate);
            using (HotPath.Operation("within"))
            {
                inner.Run(Allocate);
            }

            inner.Run(Allocate);
        };
        for (int i = 0; i < 10; i++)
        {
            using var request = new Activity("around").Start();
            outer.Run(twice);
        }

        Assert.That(Read("within").Long("maxBytes"), Is.EqualTo(ArrayBytes));
        Assert.That(Read("around").Long("maxBytes"), Is.EqualTo(2 * ArrayBytes));
        Assert.That(Read("around").Contexts(inner), Is.EqualTo(20));
        Assert.That(Read("around").Long("allocatedBytes"), Is.EqualTo(20 * ArrayBytes));
    }

    [Test]
    public void Calls_for_which_there_is_no_room_are_in_the_sums_and_a_note_says_so()
    {
        const int many = 50_000;
        var hot = new Hot();
        var running = new Activity[many];
        for (int i = 0; i < many; i++)
        {
            running[i] = new Activity("crowd").Start();
            hot.Run(Allocate);
            Activity.Current = null;
        }

        var crowd = Read("crowd");
        Assert.That(crowd.Long("open"), Is.InRange(many / 2, many - 1));
        Assert.That(crowd.Long("allocatedBytes"), Is.EqualTo((long)many * ArrayBytes));
        Assert.That(
            crowd.Snapshot.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()),
            Has.Some.EqualTo(many - crowd.Long("open") + Notes.UnplacedFrames)
        );

        Array.ForEach(running, static activity => activity.Stop());
        Assert.That(Read("crowd").Long("calls"), Is.EqualTo(crowd.Long("open")));
        using (new Activity("crowd").Start())
        {
            hot.Run(Allocate);
        }

        Assert.That(Read("crowd").Long("calls"), Is.EqualTo(crowd.Long("open") + 1), "there is room again");
    }

    [Test]
    public void None_of_many_concurrent_calls_is_lost()
    {
        var hot = new Hot();
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                using var request = new Activity($"concurrent {i % 3}").Start();
                hot.Run(Allocate);
                Parallel.For(0, 2, _ => hot.Run(Allocate));
            }
        });

        OperationFigure[] read = [.. Enumerable.Range(0, 3).Select(static i => Read($"concurrent {i}"))];
        Assert.That(read.Sum(static r => r.Long("calls")), Is.EqualTo(40_000));
        Assert.That(read.Sum(static r => r.Long("allocatedBytes")), Is.EqualTo(40_000L * 3 * ArrayBytes));
        Assert.That(read.Select(static r => r.Samples("bytesHistogram").GetLength(0)), Is.All.EqualTo(1), "every call has the same bytes");
        Assert.That(read.Select(static r => r.Long("maxBytes")), Is.All.EqualTo(3 * ArrayBytes));
    }

    private static void Allocate() => s_kept = new byte[104];

    private static string[] Names()
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return [.. Operations(snapshot.RootElement).Select(static operation => operation.GetProperty("name").GetString()!)];
    }

    private static OperationFigure Read(string name)
    {
        using var document = JsonDocument.Parse(HotPath.Snapshot());
        var snapshot = document.RootElement.Clone();
        var (index, found) = Operations(snapshot).Index().Single(operation => operation.Item.GetProperty("name").GetString() == name);
        return new(index, found, snapshot);
    }

    private static JsonElement.ArrayEnumerator Operations(JsonElement snapshot) =>
        snapshot.TryGetProperty("operations", out var operations) ? operations.EnumerateArray() : default;

    private sealed record OperationFigure(int Index, JsonElement Json, JsonElement Snapshot)
    {
        public long Long(string name) => Json.GetProperty(name).GetInt64();

        public long[,] Samples(string name)
        {
            JsonElement[] buckets = [.. Json.GetProperty(name).EnumerateArray()];
            long[,] samples = new long[buckets.Length, 2];
            for (int i = 0; i < buckets.Length; i++)
            {
                (samples[i, 0], samples[i, 1]) = (buckets[i][0].GetInt64(), buckets[i][1].GetInt64());
            }

            return samples;
        }

        /// <summary>The calls of a method in the operation.</summary>
        public long Contexts(Hot hot)
        {
            JsonElement[] contexts = [.. Snapshot.GetProperty("contexts").EnumerateArray()];
            return hot.Read([.. Snapshot.GetProperty("methods").EnumerateArray().Select(m => new Figures(m, Snapshot))])
                .Contexts.Where(context =>
                {
                    while (context.GetProperty("parent").ValueKind == JsonValueKind.Number)
                    {
                        context = contexts[context.GetProperty("parent").GetInt32()];
                    }

                    return context.TryGetProperty("operation", out var operation) && operation.GetInt32() == Index;
                })
                .Sum(static context => context.GetProperty("calls").GetInt64());
        }
    }
}
