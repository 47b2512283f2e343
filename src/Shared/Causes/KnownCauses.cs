using HotPathGen.Shared;

namespace HotPathGen.Causes;

/// <summary>
/// Members of the base library whose allocation has a specific cause and remedy: members that copy, members that lock in order to copy, and
/// members that read unchanged data again. The first matching row is used. Names are written as in sites; <c>*</c> stands for any beginning or
/// end of a name.
/// </summary>
internal static class KnownCauses
{
    private const SiteKind Call = SiteKind.Call,
        Growth = SiteKind.Growth,
        Enumerator = SiteKind.Enumerator,
        Reflection = SiteKind.Reflection;

    private const string Once = "look it up once and keep it, in a static readonly field";
    private const string NoCopy = "hand on what it copies, or copy into a buffer of the caller's with CopyTo";
    private const string IntoSpan = "take the overload that writes into a span of the caller's";

    private static readonly (SiteKind Kind, string Types, string Members, string Name, string Remedy)[] s_rows =
    [
        // Text.
        (Call, "String", "Substring", "copy of a part of a string by", "take a span of it with AsSpan"),
        (Call, "String", "Trim TrimStart TrimEnd", "copy of a part of a string by", "trim a span of it: MemoryExtensions has the same methods"),
        (Call, "String", "Split", "parts of a string by", "walk them as spans, with MemoryExtensions.Split"),
        (Call, "String", "ToCharArray", "copy of a string by", "take a span of it with AsSpan"),
        (
            Call,
            "String",
            "ToLower ToUpper ToLowerInvariant ToUpperInvariant",
            "new string by",
            "compare without the copy, with StringComparison.OrdinalIgnoreCase, or write into a span of the caller's with MemoryExtensions"
        ),
        (
            Call,
            "String",
            "Format",
            "text by",
            "interpolate where it goes, into a span with TryWrite or into a writer, or keep the format as a CompositeFormat"
        ),
        (
            Call,
            "StringBuilder",
            "ToString",
            "text by",
            "write the builder where the text goes, chunk by chunk with GetChunks, or hand the builder on"
        ),
        (
            Call,
            "Span ReadOnlySpan Memory ReadOnlyMemory",
            "ToString ToArray",
            "copy by",
            "hand the span on; dictionaries and sets take one by GetAlternateLookup"
        ),
        (Call, "Capture Group Match", "Value", "copy of a part of a string by", "take its ValueSpan"),
        (
            Call,
            "TextReader StreamReader StringReader",
            "ReadLine ReadLineAsync ReadToEnd ReadToEndAsync",
            "text by",
            "read blocks into a buffer that is kept, and walk the lines in it"
        ),
        (Call, "Path", "*", "new string by", "take the overloads of Path for spans, and TryJoin"),
        // Bytes.
        (Call, "*Encoding", "GetBytes GetChars", "new array by", IntoSpan + ", or TryGetBytes and TryGetChars"),
        (Call, "*Encoding", "GetString", "new string by", "compare the bytes themselves, with text as \"…\"u8, or decode into a span with GetChars"),
        (
            Call,
            "Convert",
            "ToBase64String ToHexString ToHexStringLower",
            "text by",
            "write it where it goes: TryToBase64Chars and TryToHexString take a span"
        ),
        (
            Call,
            "Convert",
            "FromBase64String FromBase64CharArray FromHexString",
            "new array by",
            "decode into a span of the caller's, with TryFromBase64String, TryFromBase64Chars or the overload of FromHexString"
        ),
        (Call, "BitConverter Guid", "GetBytes ToByteArray", "new array by", "write into a span of the caller's with TryWriteBytes"),
        (
            Call,
            "HashAlgorithm MD5 SHA1 SHA256 SHA384 SHA512 HMACMD5 HMACSHA1 HMACSHA256 HMACSHA384 HMACSHA512",
            "HashData ComputeHash",
            "new array by",
            IntoSpan
        ),
        (Call, "RandomNumberGenerator", "GetBytes", "new array by", "fill a span of the caller's with Fill"),
        (Call, "MemoryStream", "ToArray", "copy by", "take what it has without a copy, with TryGetBuffer"),
        (Call, "File", "ReadAll*", "a whole file by", "read it in blocks into a buffer that is kept, with File.OpenHandle and RandomAccess.Read"),
        (Call, "JsonSerializer", "Serialize SerializeToUtf8Bytes", "text by", "write with a Utf8JsonWriter into a buffer that is kept"),
        (Call, "ArrayPool", "Rent", "array that the pool had not, by", "give back what is rented on every path, as a [Pooled] parameter does"),
        // Collections that other threads may change at the same time: a view of them is a copy, made under a lock.
        (
            Call,
            "ConcurrentDictionary",
            "Keys Values ToArray CopyTo",
            "copy under all of its locks by",
            "enumerate the dictionary itself: that neither locks nor copies"
        ),
        (
            Call,
            "ConcurrentDictionary",
            "Count",
            "wait for all of its locks by",
            "ask IsEmpty where that is the question, or count in a field of yours with Interlocked"
        ),
        (
            Call,
            "ConcurrentBag",
            "ToArray CopyTo GetEnumerator",
            "copy under all of its locks by",
            "empty it with TryTake, or take a ConcurrentQueue: that is enumerated without a copy"
        ),
        (Call, "ConcurrentBag", "Count IsEmpty", "wait for all of its locks by", "count in a field of yours with Interlocked"),
        (
            Call,
            "ConcurrentQueue ConcurrentStack BlockingCollection",
            "ToArray CopyTo",
            "copy by",
            "enumerate the collection itself, or take out of it what is to be worked on"
        ),
        (
            Call,
            "ConcurrentQueue ConcurrentStack BlockingCollection",
            "Count",
            "count of what may change meanwhile by",
            "ask IsEmpty where that is the question, or count in a field of yours with Interlocked"
        ),
        (
            Enumerator,
            "ConcurrentBag",
            "*",
            "copy under all of its locks by an enumerator of",
            "empty it with TryTake, or take a ConcurrentQueue: that is enumerated without a copy"
        ),
        (
            Enumerator,
            "ConcurrentDictionary ConcurrentQueue ConcurrentStack",
            "*",
            "enumerator of",
            "loop over it less often: it has no struct enumerator, but makes no copy either"
        ),
        (Enumerator, "SortedDictionary SortedSet", "*", "enumerator with its stack of", "take a list that is sorted once, or a SortedList"),
        // Collections that allocate an object per element. They have no capacity to set.
        (Growth, "LinkedList", "*", "node by", "take a List or Queue: they keep their elements in an array"),
        (Growth, "SortedDictionary SortedSet", "*", "node by", "sort a list once, or take a SortedList and give it its capacity"),
        (
            Growth,
            "ConcurrentDictionary ConcurrentStack",
            "*",
            "node by",
            "keep the entry and change what is in it, or take a Dictionary or Stack with its capacity where one thread uses it"
        ),
        (Growth, "ConcurrentQueue ConcurrentBag BlockingCollection", "*", "growth by", "keep one and empty it: it keeps its room"),
        (
            Growth,
            "ImmutableArray ImmutableList ImmutableDictionary ImmutableHashSet ImmutableSortedDictionary ImmutableSortedSet ImmutableQueue "
                + "ImmutableStack",
            "*",
            "copy for a change by",
            "change its builder, and take what it makes once, with ToImmutable"
        ),
        // Collections.
        (Call, "List", "ToArray GetRange Slice", "copy of a list by", "hand the list on, or a span of it with CollectionsMarshal.AsSpan"),
        (Call, "List Array", "FindAll ConvertAll", "new collection by", "write the loop"),
        (
            Call,
            "Dictionary SortedDictionary SortedList",
            "Keys Values",
            "view of its keys or values by",
            "enumerate the dictionary itself, or keep the view: it is made once a dictionary"
        ),
        (Call, "Delegate MulticastDelegate", "GetInvocationList", "copy by", "walk it with Delegate.EnumerateInvocationList"),
        // Data that does not change, or rarely changes.
        (Call, "Enum", "GetValues GetValuesAsUnderlyingType GetNames GetName", "reflection,", Once),
        (Call, "AppDomain", "GetAssemblies", "reflection,", Once),
        (
            Call,
            "Environment",
            "GetEnvironmentVariable GetEnvironmentVariables GetCommandLineArgs",
            "copy of what the process was started with by",
            "read it once where the program starts, and keep it"
        ),
        (
            Call,
            "Process",
            "GetCurrentProcess",
            "objects for what the system knows by",
            "ask Environment.ProcessId, Environment.WorkingSet or Environment.CpuUsage"
        ),
        (Call, "Process ProcessModule ProcessThread", "*", "objects for what the system knows by", "ask once, keep the Process, and Refresh it"),
        (
            Call,
            "Directory DirectoryInfo",
            "GetFiles GetDirectories GetFileSystemEntries GetFileSystemInfos",
            "list of all that is there by",
            "walk it with EnumerateFiles and its kind, or with a FileSystemEnumerable that makes no string of each"
        ),
        (Call, "Stopwatch", "StartNew", "new object by", "take Stopwatch.GetTimestamp and GetElapsedTime: they make none"),
        (Call, "Task", "FromResult", "new task by", "return a ValueTask, or keep the tasks of usual results"),
        (
            Call,
            "LoggerExtensions",
            "*",
            "arguments of a message by",
            "declare the message with [LoggerMessage]: it asks for the level first, and boxes nothing"
        ),
        (
            Reflection,
            "Activator",
            "CreateInstance",
            "reflection,",
            "make a delegate once that calls the constructor, or let the caller hand one over"
        ),
        (
            Reflection,
            "MethodBase MethodInfo ConstructorInfo MethodInvoker ConstructorInvoker",
            "Invoke",
            "reflection,",
            "make a delegate of it once, with CreateDelegate: calls of that box nothing"
        ),
        (
            Reflection,
            "PropertyInfo FieldInfo",
            "GetValue SetValue",
            "reflection,",
            "make a delegate of the accessor once, with CreateDelegate: calls of that box nothing"
        ),
        // Members of any type.
        (
            Call,
            "*",
            "Deserialize DeserializeAsync Parse* TryParse*",
            "repeated parsing by",
            "parse once where the text comes in, and keep the result"
        ),
        (Call, "*", "ToString", "text by", "write it where it goes, with TryFormat or AppendFormatted"),
        (Call, "String", "*", "new string by", "write into a span of the caller's, or compare without the copy"),
        (Call, "*", "ToArray Clone", "copy by", NoCopy),
    ];

    /// <summary>Returns what happens, without the name of the member at the end, and what helps; null if no row matches.</summary>
    /// <param name="kind">The site's kind.</param>
    /// <param name="type">The type's name without its namespace and type arguments.</param>
    /// <param name="member">The member's name; empty for none.</param>
    public static (string Name, string Remedy)? Find(SiteKind kind, string type, string member)
    {
        foreach (var row in s_rows)
        {
            if (row.Kind == kind && Fits(row.Types, type) && Fits(row.Members, member))
            {
                return (row.Name, row.Remedy);
            }
        }

        return null;
    }

    private static bool Fits(string words, string name)
    {
        foreach (string word in words.Split(' '))
        {
            bool fits =
                word.Length > 1 && word[0] == '*' ? name.EndsWith(word.Substring(1), StringComparison.Ordinal)
                : word[word.Length - 1] == '*' ? name.StartsWith(word.Substring(0, word.Length - 1), StringComparison.Ordinal)
                : name == word;
            if (fits)
            {
                return true;
            }
        }

        return false;
    }
}
