using System.Net.Sockets;

namespace HotPathGen.Tool.Live;

/// <summary>The socket or named pipe through which .NET lets tools of the same user reach a process.</summary>
internal static class DiagnosticPort
{
    /// <summary>Whether the connection was refused because the port is another user's.</summary>
    public static bool IsDenied(Exception? problem) =>
        problem is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied }
        || (problem?.InnerException is { } inner && IsDenied(inner));
}
