using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using HotPathGen;
using HotPathGen.Tests.Host;

switch (args[0])
{
    case "return" or "other-version":
        Work.Outer(Work.Inner);
        return 7;

    case "raise":
        Work.Outer(Work.Inner);
        HotPath.Detail = HotPath.RecordingDetail.Full;
        Work.Outer(Work.Inner);
        return 7;

    case "exit":
        Work.Outer(Work.Inner);
        Environment.Exit(8);
        return 0;

    case "throw":
        Work.Outer(Work.Inner);
        throw new InvalidOperationException("thrown for the test");

    case "wait":
        Work.Outer(Work.Inner);
        Console.WriteLine("ready");
        Thread.Sleep(Timeout.Infinite);
        return 0;

    // Calls as often as each line of the input says, and answers with a line when that is done.
    case "serve"
    or "serve-many":
        if (args[0] == "serve-many")
        {
            Work.RegisterMany(20_000);
        }

        Console.WriteLine("ready");
        while (Console.ReadLine() is { } calls)
        {
            for (int i = 0; i < int.Parse(calls, System.Globalization.CultureInfo.InvariantCulture); i++)
            {
                Work.Outer(Work.Inner);
            }

            Console.WriteLine("done");
        }

        return 7;

    // Calls until the file stop is in the current folder.
    case "until-stopped":
        Console.WriteLine("working");
        while (!File.Exists("stop"))
        {
            Work.Outer(Work.Inner);
            Thread.Sleep(1);
        }

        return 0;

    // Makes a call for each line that it reads.
    case "again":
        Console.WriteLine("ready");
        while (Console.ReadLine() is not null)
        {
            Work.Outer(Work.Inner);
            Console.WriteLine("called");
        }

        return 0;

    // Does the same as a web host: takes the signal, finishes its work and returns from Main.
    case "take-signal":
        using (var taken = new ManualResetEventSlim())
        {
            using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
            Work.Outer(Work.Inner);
            Console.WriteLine("ready");
            taken.Wait();
            // The test passes without this pause, too. The pause gives a runtime that writes too early the time to do so: then the test fails.
            Thread.Sleep(100);
            Work.Outer(Work.Inner);
            return 9;

            void Take(PosixSignalContext context)
            {
                context.Cancel = true;
                taken.Set();
            }
        }

    case "change-directory":
        Work.Outer(Work.Inner);
        Environment.CurrentDirectory = Path.GetPathRoot(Environment.CurrentDirectory)!;
        return 0;

    // The warm-up has ended when a snapshot has a new start.
    case "warm-up":
        Work.Outer(Work.Inner);
        string start = Start();
        while (Start() == start)
        {
            Thread.Yield();
        }

        Work.Outer(Work.Inner);
        return 0;

    // Of what is allocated after the reset, two thirds are allocated in hot methods: 1,024 bytes in each call.
    // The reports of the runtime are no part of it, whichever copy of the runtime is asked for them.
    case "share":
        Work.Outer(Work.Inner);
        var ofSecond = new SecondContext(Path.GetDirectoryName(typeof(Program).Assembly.Location)!)
            .LoadFromAssemblyName(typeof(HotPath).Assembly.GetName())
            .GetType(typeof(HotPath).FullName!)!
            .GetMethod(nameof(HotPath.Snapshot))!
            .CreateDelegate<Func<string>>();
        Allocate(50_000);
        HotPath.Reset();
        OnThreads(4, static () =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                Work.Inner();
            }

            Allocate(5_000);
        });
        for (int i = 0; i < 20; i++)
        {
            HotPath.Snapshot();
            ofSecond();
        }

        return 0;

    case "deep":
        var deep = new Thread(static () => Work.Recurse(100_000), 512 << 20);
        deep.Start();
        deep.Join();
        return 0;

    case "two-contexts":
        var second = new SecondContext(Path.GetDirectoryName(typeof(Program).Assembly.Location)!);
        var inner = second
            .LoadFromAssemblyName(typeof(Program).Assembly.GetName())
            .GetType(typeof(Work).FullName!)!
            .GetMethod(nameof(Work.Inner))!
            .CreateDelegate<Action>();
        if (inner.Method == ((Action)Work.Inner).Method)
        {
            throw new InvalidOperationException("the second copy is the first");
        }

        Work.Outer(Work.Inner);
        Work.Outer(inner);
        return 0;

    // The operation begins in the first context. The code of the second runs in it, too.
    case "two-contexts-in-operations":
        var other = new SecondContext(Path.GetDirectoryName(typeof(Program).Assembly.Location)!)
            .LoadFromAssemblyName(typeof(Program).Assembly.GetName())
            .GetType(typeof(Work).FullName!)!
            .GetMethod(nameof(Work.Inner))!
            .CreateDelegate<Action>();
        for (int round = 0; round < 2; round++)
        {
            HotPath.Reset(); // the first round also makes what is made only once
            using (HotPath.Operation("shared"))
            {
                Work.Inner();
                Task.Run(other).Wait();
            }
        }

        return 0;

    // Says what each activity allocates, once everything has been allocated that is allocated once.
    case "operations":
        string[] names = [.. Enumerable.Range(0, 10).Select(static i => $"name {i}")];
        Activities(names, 500, withHotCode: true);
        HotPath.Reset();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Activities(names, 1_000, withHotCode: true);
        Activities(["another name"], 1_000, withHotCode: false);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.Write(allocated);
        return 0;

    // Names that come from data may be like these.
    case "names":
        foreach (
            string name in (string[])
                ["two\nlines", "\u001b[31mred", "bell\a", "\u202Edetrevni", "null\0", "", " ", "\uD800", "\uDFFF", new('x', 100_000)]
        )
        {
            using (HotPath.Measure(name))
            {
                Work.Inner();
            }
        }
        using (HotPath.Measure(null!))
        {
            return 0;
        }

    // A plug-in that brings the runtime along is loaded three times. The host does not know the runtime.
    case "plug-in-file"
    or "plug-in-memory":
        AppDomain.CurrentDomain.SetData("HotPathGen.Runtime.Session", null);
        Environment.SetEnvironmentVariable("HOTPATH_OUTPUT", "plug-in.hotpath.json");
        for (int i = 0; i < 3; i++)
        {
            var plugIn = PlugIn.RunOnce(fromMemory: args[0] == "plug-in-memory");
            for (int round = 0; round < 100 && plugIn.IsAlive; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Thread.Sleep(1);
            }
            Console.WriteLine($"unloaded {!plugIn.IsAlive}");
        }
        return 0;

    // Tests and consoles may replace standard error by a writer of their own.
    case "own-writer":
        Work.Outer(Work.Inner);
        Console.SetError(new RefusingWriter());
        return 7;

    // A thread keeps writing to standard error, which nobody reads. Soon the pipe is full.
    case "full-pipe":
        Work.Outer(Work.Inner);
        long written = 0,
            before;
        new Thread(() =>
        {
            using var error = Console.OpenStandardError();
            for (byte[] page = new byte[4096]; ; Interlocked.Add(ref written, page.Length))
            {
                error.Write(page);
            }
        })
        {
            IsBackground = true,
        }.Start();
        do
        {
            before = Interlocked.Read(ref written);
            Thread.Sleep(50);
        } while (before == 0 || before != Interlocked.Read(ref written));
        return 7;

    case "metrics":
        return Metrics.Run();

    // The current folder has been deleted.
    case "no-folder":
        Work.Outer(Work.Inner);
        return 7;

    default:
        throw new ArgumentException(args[0]);
}

static void Activities(string[] names, int count, bool withHotCode)
{
    for (int i = 0; i < count; i++)
    {
        var activity = new Activity(names[i % names.Length]).Start();
        if (withHotCode)
        {
            Work.Inner();
        }

        activity.Stop();
    }
}

static void Allocate(int arrays)
{
    for (int i = 0; i < arrays; i++)
    {
        GC.KeepAlive(new byte[1000]);
    }
}

static void OnThreads(int count, ThreadStart work)
{
    Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(work))];
    Array.ForEach(threads, static thread => thread.Start());
    Array.ForEach(threads, static thread => thread.Join());
}

static string Start()
{
    using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
    return snapshot.RootElement.GetProperty("process").GetProperty("start").GetString()!;
}

internal sealed class SecondContext(string directory) : AssemblyLoadContext("second")
{
    protected override Assembly? Load(AssemblyName name) =>
        Path.Combine(directory, name.Name + ".dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
}

internal sealed class PlugIn(string directory, bool fromMemory) : AssemblyLoadContext("plug-in", isCollectible: true)
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static WeakReference RunOnce(bool fromMemory)
    {
        var context = new PlugIn(Path.GetDirectoryName(typeof(Program).Assembly.Location)!, fromMemory);
        context
            .LoadFromAssemblyName(typeof(Program).Assembly.GetName())
            .GetType(typeof(Work).FullName!)!
            .GetMethod(nameof(Work.Inner))!
            .Invoke(null, null);
        context.Unload();
        return new(context);
    }

    protected override Assembly? Load(AssemblyName name)
    {
        string path = Path.Combine(directory, name.Name + ".dll");
        return !File.Exists(path) ? null
            : fromMemory ? LoadFromStream(new MemoryStream(File.ReadAllBytes(path)))
            : LoadFromAssemblyPath(path);
    }
}

internal sealed class RefusingWriter : TextWriter
{
    public override Encoding Encoding => throw new NotSupportedException("no encoding");

    public override void Write(char value) => throw new InvalidOperationException("nothing is written here");
}
