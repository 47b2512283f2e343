using System.Globalization;
using System.Reflection;
using System.Text;

namespace HotPathGen.Runtime;

/// <summary>What the tool asks for.</summary>
/// <param name="Id">The tool's name for this request. Its answers have it. Those of other requests reach the same sessions.</param>
/// <param name="Command">A command of <see cref="LiveProtocol"/>.</param>
/// <param name="Level">The level to set.</param>
/// <param name="Overhead">The overhead budget to set, as a share; null to leave it.</param>
/// <param name="ForMs">After how many milliseconds the old level comes back; null if it does not.</param>
/// <param name="Problem">Why the request is refused; null if it is not.</param>
internal sealed record LiveRequest(string Id, string Command, RecordingDetail Level, double? Overhead, int? ForMs, string? Problem)
{
    private const int LongestId = 64;

    /// <summary>The first answer to every request: the version of the protocol, and that of HotPathGen.</summary>
    public static byte[] Hello { get; } = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{LiveProtocol.Version} {OwnVersion}"));

    private static string OwnVersion =>
        typeof(LiveRequest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Returns null if the arguments are not those of a request.</summary>
    public static LiveRequest? Of(IDictionary<string, string?>? arguments)
    {
        if (Argument(LiveProtocol.RequestId) is not { Length: > 0 and <= LongestId } id)
        {
            return null;
        }

        string command = Argument(LiveProtocol.Command) ?? "";
        string? problem = null;
        var level = RecordingDetail.Off;
        double? overhead = null;
        int? forMs = null;
        if (Argument(LiveProtocol.ProtocolVersion) is var version && version != LiveProtocol.Version.ToString(CultureInfo.InvariantCulture))
        {
            problem = $"it understands version {LiveProtocol.Version} of requests, not {version}";
        }
        else if (command == LiveProtocol.Detail)
        {
            problem = ReadLevel() ?? ReadOverhead() ?? ReadDuration();
        }
        else if (command is not (LiveProtocol.Status or LiveProtocol.Snapshot or LiveProtocol.Reset))
        {
            problem = $"it does not know the command {command}";
        }

        return new(id, command, level, overhead, forMs, problem);

        string? Argument(string name) => arguments is not null && arguments.TryGetValue(name, out string? value) ? value : null;

        string? ReadLevel()
        {
            string? text = Argument(LiveProtocol.Level);
            level = (RecordingDetail)Array.IndexOf(Words.DetailLevels, text);
            return level >= 0 ? null : $"it does not know the level {text}";
        }

        string? ReadOverhead()
        {
            if (Argument(LiveProtocol.OverheadPercent) is not { } text)
            {
                return null;
            }

            overhead = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) ? percent / 100 : null;
            return overhead is > 0 and <= 1 ? null : $"{text} is not a percentage above 0, up to 100";
        }

        string? ReadDuration()
        {
            if (Argument(LiveProtocol.ForMs) is not { } text)
            {
                return null;
            }

            forMs = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int ms) ? ms : null;
            return forMs is > 0 ? null : $"{text} is not a number of milliseconds above 0";
        }
    }
}
