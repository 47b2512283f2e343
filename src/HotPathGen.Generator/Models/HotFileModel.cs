namespace HotPathGen.Generator.Models;

/// <summary>The hot methods of a file, and the file to generate for them.</summary>
/// <param name="Methods">All methods that prepare marked in the file, or a pair that the user wrote.</param>
/// <param name="File">The file to generate; null if no method is one of a pair.</param>
/// <param name="Plain">The hot functions in the methods that are not measured.</param>
internal sealed record HotFileModel(EquatableArray<MethodModel> Methods, PairFileModel? File, EquatableArray<PlainModel> Plain = default);

/// <summary>
/// A file to generate for pairs. It contains no line numbers: in production, one more line above a pair does not cause the file to be generated
/// again.
/// </summary>
/// <param name="Name">The name of the file, unique among the generator's files, without an extension.</param>
/// <param name="IsMeasured">Whether the halves open frames.</param>
/// <param name="Pairs">The pairs in the order of the source.</param>
internal sealed record PairFileModel(string Name, bool IsMeasured, EquatableArray<WrittenPairModel> Pairs)
{
    /// <summary>Whether a pair takes a list whose type has yet to be generated into the assembly.</summary>
    public bool NeedsList => Pairs.Any(static pair => pair.NeedsList);
}

/// <summary>What prepare reports about a measured build.</summary>
/// <param name="Everything">Whether methods are hot of which no attribute says anything.</param>
/// <param name="Plain">The methods that prepare left plain.</param>
internal sealed record PreparedModel(bool Everything, EquatableArray<PlainModel> Plain);

/// <summary>The table by which a measured assembly registers its hot methods.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Directory">The directory of the project.</param>
/// <param name="Methods">The hot methods that are measured.</param>
/// <param name="Plain">The hot methods that are not measured.</param>
internal sealed record TableModel(string Assembly, string Directory, EquatableArray<MethodModel> Methods, EquatableArray<PlainModel> Plain);

/// <summary>A file to add to the compilation.</summary>
/// <param name="Name">The name of the file, unique among the generator's files, without an extension.</param>
/// <param name="Text">The whole text of the file.</param>
internal sealed record GeneratedFile(string Name, string Text);
