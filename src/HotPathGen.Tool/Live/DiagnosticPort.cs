using System.Globalization;
using System.Net.Sockets;

namespace HotPathGen.Tool.Live;

/// <summary>The socket or named pipe through which .NET lets tools of the same user reach a process.</summary>
internal static class DiagnosticPort
{
    public static bool Exists(int process)
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? Directory.GetFiles(@"\\.\pipe\", string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{process}")).Length > 0
                : Directory.GetFiles(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{process}-*-socket")).Length
                    > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the connection was refused because the port is another user's.</summary>
    public static bool IsDenied(Exception? problem) =>
        problem is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied }
        || (problem?.InnerException is { } inner && IsDenied(inner));
}
