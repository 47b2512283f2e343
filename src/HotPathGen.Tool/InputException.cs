namespace HotPathGen.Tool;

/// <summary>
/// Input of the user that cannot be used. <see cref="Program"/> prints it once, without a stack trace, and the exit code is 2.
/// </summary>
/// <param name="file">The file or argument, as the user wrote it.</param>
/// <param name="place">The place in it: a JSON path or a line; empty where the whole is meant.</param>
/// <param name="reason">What is wrong, as a sentence without its full stop.</param>
/// <param name="remedy">What to do about it, as a sentence.</param>
internal class InputException(string file, string place, string reason, string remedy) : Exception(reason)
{
    public string File => file;
    public string Place => place;
    public string Reason => Message;
    public string Remedy => remedy;

    public override string ToString() => $"error: {VisibleText.Of($"{file}{(place.Length > 0 ? $": {place}" : "")}: {Message}.")}\n{remedy}\n";
}
