using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>A program that may run until it is told to end.</summary>
internal sealed partial class RunningProgram : IDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _output = new();
    private readonly Process _process;

    public RunningProgram(string assembly, string folder, params (string Name, string Value)[] environment)
    {
        _process = new Process { StartInfo = Checkout.StartOf("dotnet", folder, environment, [assembly]) };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Waits until the output is as it should be.</summary>
    public async Task<string> WaitFor(Func<string, bool> isThere)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_limit && !_process.HasExited; await Task.Delay(50))
        {
            if (Output is var output && isThere(output))
            {
                return output;
            }
        }

        throw new InvalidOperationException($"the program did not print what was expected, but:\n{Output}");
    }

    /// <summary>Waits for the end of a program that ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public int WaitForEnd()
    {
        if (!_process.WaitForExit(s_limit))
        {
            throw new InvalidOperationException($"the program did not end; it printed:\n{Output}");
        }

        // Without a time limit, it also waits for the rest of the output.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Asks the program to end by SIGTERM, as service managers do.</summary>
    /// <returns>Its exit code.</returns>
    public int End()
    {
        if (!_process.HasExited)
        {
            _ = Send(_process.Id, Terminate);
        }

        return WaitForEnd();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output)
        {
            _output.Append(line).Append('\n');
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
