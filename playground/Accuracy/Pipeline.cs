using System.Diagnostics;
using System.Xml;
using HotPathGen;

namespace Accuracy;

/// <summary>
/// The async pipeline of DocSearch (<c>CorpusReader.ParseAsync</c> and <c>LoadAsync</c>), once plain and once hot: it loads a documentation file in
/// pieces, without blocking a thread, and reads the members in it.
/// </summary>
internal static class Pipeline
{
    /// <summary>Returns the mean wall times of the two plain methods, in ns, by a stopwatch round each call.</summary>
    public static (double Parse, double Load) Plain(string path, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            PlainParseAsync(path).AsTask().GetAwaiter().GetResult();
        }

        double parse = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            PlainLoadAsync(path).GetAwaiter().GetResult();
        }

        return (parse / calls, Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls);
    }

    /// <summary>Calls the hot methods as often.</summary>
    public static void Hot(string path, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            HotParseAsync(path).AsTask().GetAwaiter().GetResult();
        }

        for (int i = 0; i < calls; i++)
        {
            HotLoadAsync(path).GetAwaiter().GetResult();
        }
    }

    private static async ValueTask<int> PlainParseAsync(string path)
    {
        byte[] content = await PlainLoadAsync(path);
        return Members(new MemoryStream(content));
    }

    private static async Task<byte[]> PlainLoadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, FileOptions.Asynchronous);

        var content = new MemoryStream();
        await file.CopyToAsync(content, CancellationToken.None);
        return content.ToArray();
    }

    [Instrument]
    private static async ValueTask<int> HotParseAsync(string path)
    {
        byte[] content = await HotLoadAsync(path);
        return Members(new MemoryStream(content));
    }

    [Instrument]
    private static async Task<byte[]> HotLoadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, FileOptions.Asynchronous);

        var content = new MemoryStream();
        await file.CopyToAsync(content, CancellationToken.None);
        return content.ToArray();
    }

    private static int Members(Stream content)
    {
        int members = 0;
        using var reader = XmlReader.Create(content);
        while (reader.Read())
        {
            members += reader.NodeType == XmlNodeType.Element && reader.LocalName == "member" ? 1 : 0;
        }

        return members;
    }
}
