using System.Diagnostics;
using Spectre.Console;

namespace HotPathGen.Tool;

/// <summary>
/// Shows on stderr how far work is that takes longer than a second: as a bar on a terminal, elsewhere as a line from time to time.
/// </summary>
internal static class Progress
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_betweenLines = TimeSpan.FromSeconds(10);

    public static void ForEach<T>(string what, IReadOnlyList<T> items, Action<T> action)
    {
        var timer = Stopwatch.StartNew();
        int done = 0;
        while (done < items.Count && timer.Elapsed < s_silence)
        {
            action(items[done++]);
        }

        if (done == items.Count)
        {
            return;
        }

        if (Console.IsErrorRedirected)
        {
            for (var last = TimeSpan.Zero; done < items.Count; action(items[done++]))
            {
                if (last == TimeSpan.Zero || timer.Elapsed - last > s_betweenLines)
                {
                    last = timer.Elapsed;
                    Console.Error.Write($"{what}: {done} of {items.Count}\n");
                }
            }
            return;
        }
        Terminal
            .Progress()
            .AutoClear(true)
            .Start(context =>
            {
                for (var task = context.AddTask(Markup.Escape(what), maxValue: items.Count); done < items.Count; task.Value = done)
                {
                    action(items[done++]);
                }
            });
    }

    public static T While<T>(string what, Func<T> action)
    {
        if (!Console.IsErrorRedirected)
        {
            return Terminal.Status().Start(Markup.Escape(what), _ => action());
        }

        Console.Error.Write(what + "\n");
        return action();
    }

    private static IAnsiConsole Terminal => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
}
