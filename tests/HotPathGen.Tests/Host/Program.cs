using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.Json;
using HotPathGen;
using HotPathGen.Tests.Host;

switch (args[0])
{
    case "return" or "other-version":
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

    // As a web host does: it takes the signal, finishes its work and returns from Main.
    case "take-signal":
        using (var taken = new ManualResetEventSlim())
        {
            using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
            Work.Outer(Work.Inner);
            Console.WriteLine("ready");
            taken.Wait();
            // Not needed to pass: it gives a runtime that writes too early the time to be caught.
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

    // The end of the warm-up is when a snapshot has a new start.
    case "warm-up":
        Work.Outer(Work.Inner);
        string start = Start();
        while (Start() == start)
            Thread.Yield();
        Work.Outer(Work.Inner);
        return 0;

    case "deep":
        var deep = new Thread(static () => Work.Recurse(100_000), 512 << 20);
        deep.Start();
        deep.Join();
        return 0;

    case "two-contexts":
        var second = new SecondContext(Path.GetDirectoryName(typeof(Program).Assembly.Location)!);
        var inner = second.LoadFromAssemblyName(typeof(Program).Assembly.GetName())
            .GetType(typeof(Work).FullName!)!.GetMethod(nameof(Work.Inner))!.CreateDelegate<Action>();
        if (inner.Method == ((Action)Work.Inner).Method)
            throw new InvalidOperationException("the second copy is the first");
        Work.Outer(Work.Inner);
        Work.Outer(inner);
        return 0;

    default:
        throw new ArgumentException(args[0]);
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
