using System.Globalization;
using System.Text;
using Microsoft.Diagnostics.NETCore.Client;

namespace HotPathGen.Tool.Live;

/// <summary>What the environment of another process says about why it gives no answer. What cannot be read says nothing.</summary>
/// <param name="IsDenied">Whether this user may not read it.</param>
/// <param name="DisabledBy">The variable and its value that disable the diagnostic port; null if none does.</param>
/// <param name="IsNeverMeasured">Whether <c>HOTPATH=never</c> is set.</param>
internal sealed record ProcessEnvironment(bool IsDenied, string? DisabledBy, bool IsNeverMeasured)
{
    private static readonly string[] s_switches = ["EnableDiagnostics", "EnableDiagnostics_IPC"];

    public static ProcessEnvironment Of(int process)
    {
        try
        {
            var variables = OperatingSystem.IsLinux() ? OfKernel(process) : OfPort(process);
            return new(
                IsDenied: false,
                (
                    from name in s_switches
                    from prefix in (string[])["DOTNET_", "COMPlus_"]
                    where variables.GetValueOrDefault(prefix + name) == "0"
                    select $"{prefix}{name}=0"
                ).FirstOrDefault(),
                string.Equals(variables.GetValueOrDefault("HOTPATH")?.Trim(), "never", StringComparison.OrdinalIgnoreCase)
            );
        }
        catch (UnauthorizedAccessException)
        {
            return new(IsDenied: true, null, IsNeverMeasured: false);
        }
        catch (Exception)
        {
            return new(IsDenied: false, null, IsNeverMeasured: false);
        }
    }

    private static Dictionary<string, string> OfKernel(int process) =>
        Encoding
            .UTF8.GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/environ")))
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(static variable => variable.Split('=', 2))
            .GroupBy(static parts => parts[0])
            .ToDictionary(static parts => parts.Key, static parts => parts.First()[^1]);

    private static Dictionary<string, string> OfPort(int process) => new DiagnosticsClient(process).GetProcessEnvironment();
}
