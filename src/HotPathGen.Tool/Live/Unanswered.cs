using System.Diagnostics;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace HotPathGen.Tool.Live;

/// <summary>Finds out why a process gave no answer, and what helps.</summary>
internal static class Unanswered
{
    private const string Ask = "See which processes are measured: dotnet hotpath ps.";

    /// <summary>The session could not be opened.</summary>
    public static NoAnswerException NotConnected(int process, Exception problem)
    {
        if (!IsRunning(process))
        {
            return problem is not ServerNotAvailableException
                ? Ended(process)
                : new(process, NoAnswer.NoSuchProcess, "there is no such process", Ask);
        }

        var environment = ProcessEnvironment.Of(process);
        if (environment.IsDenied || DiagnosticPort.IsDenied(problem))
        {
            return new(
                process,
                NoAnswer.OtherUser,
                "it belongs to another user, whose diagnostic sockets are that user's alone",
                "Run the tool as that user, or as root."
            );
        }

        if (environment.DisabledBy is { } variable)
        {
            return new(
                process,
                NoAnswer.NoPort,
                $"its diagnostics are disabled: {variable} is set in its environment",
                "Start it without that variable; the tool reaches programs through .NET's diagnostic port alone."
            );
        }

        return problem is not ServerNotAvailableException
            ? Ended(process)
            : new(
                process,
                NoAnswer.NoPort,
                "it has no diagnostic port: it is no .NET program, or has just started, or is Native AOT built without EventSourceSupport",
                Ask
            );
    }

    /// <summary>The session was opened and closed, and nothing in the process took the request.</summary>
    public static NoAnswerException NotMeasured(int process) =>
        ProcessEnvironment.Of(process).IsNeverMeasured
            ? new(
                process,
                NoAnswer.NotMeasured,
                "it runs with HOTPATH=never, which removed its frames",
                "Start it with HOTPATH=off, to raise the level later."
            )
            : new(
                process,
                NoAnswer.NotMeasured,
                "it is not measured, or none of its measured code has been loaded yet",
                "Build it with -p:HotPathInstrumentation=true. " + Ask
            );

    public static void MustBeSameVersion(int process, string hello)
    {
        string[] versions = hello.Split(' ', 2);
        if (versions[0] != LiveProtocol.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new NoAnswerException(
                process,
                NoAnswer.OtherVersion,
                $"it is measured with HotPathGen {versions[^1].Split('+')[0]}, which this version of the tool does not understand",
                "Use the version of dotnet-hotpath that belongs to the HotPathGen the program was built with."
            );
        }
    }

    public static NoAnswerException Incomplete(int process) =>
        new(process, NoAnswer.TooSlow, "a part of its answer was lost, because it was not read fast enough", "Try again.");

    public static NoAnswerException Ended(int process) =>
        new(
            process,
            NoAnswer.Ended,
            "it ended before its answer was complete",
            "A measured program writes its snapshot when it ends, unless it is killed: see the folder hotpath, or HOTPATH_OUTPUT."
        );

    public static NoAnswerException TooSlow(int process, TimeSpan patience) =>
        new(
            process,
            NoAnswer.TooSlow,
            string.Create(CultureInfo.InvariantCulture, $"it did not answer for {patience.TotalSeconds:0.#} s: it is stopped, or very busy"),
            "Try again."
        );

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception)
        {
            return true; // a process that this user may not look at
        }
    }
}
