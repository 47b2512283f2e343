namespace HotPathGen.Tool;

/// <summary>Something that the user gave cannot be used. Printed once, by <see cref="Program"/>, without a stack trace; exit code 2.</summary>
/// <param name="file">The file or argument; as the user wrote it.</param>
/// <param name="place">Where in it: a JSON path, a line; empty where it is the whole.</param>
/// <param name="reason">What is wrong, as a sentence without its full stop.</param>
/// <param name="remedy">What to do about it, as a sentence.</param>
internal sealed class InputException(string file, string place, string reason, string remedy) : Exception(reason)
{
    public string File => file;
    public string Place => place;
    public string Reason => Message;
    public string Remedy => remedy;

    public override string ToString() => $"error: {VisibleText.Of($"{file}{(place.Length > 0 ? $": {place}" : "")}: {Message}.")}\n{remedy}\n";
}
