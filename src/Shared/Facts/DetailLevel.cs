namespace HotPathGen.Shared;

/// <summary>How much was recorded. The members are those of the public enum of the runtime.</summary>
internal enum DetailLevel
{
    Off,

    /// <summary>Calls are exact; bytes and time are estimates from a sample of the calls of short methods.</summary>
    Light,

    /// <summary>Calls and bytes are exact; time is an estimate.</summary>
    Standard,
    Full,
}
