using System.CommandLine;
using System.Diagnostics;
using HotPathGen.Tool.Live;

namespace HotPathGen.Tool.Watching;

/// <summary>Watches a program that <c>run</c> has started, until it ends or the user quits.</summary>
internal static class AttachedWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static void Show(Process process, InvocationConfiguration configuration)
    {
        // Ctrl+C is the program's, and its end ends this. The program may end long after the user has quit, so the source is not disposed.
        var ended = new CancellationTokenSource();
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ended.Cancel();
        var program = new MeasuredProgram(process.Id);
        if (IsMeasured(program, process))
        {
            new Watch(program, s_interval)
                .RunAsync(
                    new(HasSites: false, IsSinceReset: false, "self-bytes", ""),
                    null,
                    null,
                    configuration.Output,
                    configuration.Error,
                    ended.Token
                )
                .GetAwaiter()
                .GetResult();
        }
    }

    // A process answers from the time on when its first measured assembly is loaded.
    private static bool IsMeasured(MeasuredProgram program, Process process)
    {
        while (!process.HasExited)
        {
            try
            {
                program.StatusAsync(s_patience).GetAwaiter().GetResult();
                return true;
            }
            catch (NoAnswerException)
            {
                Thread.Sleep(s_betweenTries);
            }
        }

        return false;
    }
}
