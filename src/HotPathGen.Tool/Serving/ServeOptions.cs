using System.Net;

namespace HotPathGen.Tool.Serving;

/// <summary>What the user decides about the server.</summary>
/// <param name="Address">The address that it listens on.</param>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="Token">What clients must know; null if everybody who reaches a loopback address may ask.</param>
/// <param name="HostNames">Further names by which clients call this machine.</param>
internal sealed record ServeOptions(IPAddress Address, int Port, Token? Token, string[] HostNames)
{
    public const int DefaultPort = 6070;
}
