namespace HotPathGen.EndToEnd.Tests;

/// <summary>The switches as a user types them.</summary>
internal static class Switch
{
    public const string On = "-p:HotPathInstrumentation=true";
    public const string All = "-p:HotPathInstrumentAll=true";
    public const string AllowShipping = "-p:HotPathAllowShipping=true";
}
