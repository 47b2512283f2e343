namespace HotPathGen.Tool.Tests;

/// <summary>The tool as a user runs it, in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static ToolRun Of(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" },
            error = new() { NewLine = "\n" };
        int exitCode = CommandLine.Invoke(arguments, output, error);
        return new(exitCode, output.ToString(), error.ToString());
    }

    public string MustSucceed()
    {
        Assert.That((ExitCode, Error), Is.EqualTo((0, "")));
        return Output;
    }

    public string MustFail(int exitCode)
    {
        Assert.That((ExitCode, Output), Is.EqualTo((exitCode, "")));
        return Error;
    }
}
