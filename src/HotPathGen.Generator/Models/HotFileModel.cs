namespace HotPathGen.Generator.Models;

/// <summary>Hot methods of a file, and what is to be written for them.</summary>
/// <param name="Methods">All that prepare marked in it, or a pair that the user wrote.</param>
/// <param name="File">What is to be written; null where none of them is one of a pair.</param>
internal sealed record HotFileModel(EquatableArray<MethodModel> Methods, PairFileModel? File);

/// <summary>A file to write for pairs. It has no places: in production, a line more above a pair does not write it anew.</summary>
/// <param name="Name">Unique among those of the generator, without an extension.</param>
/// <param name="IsMeasured">Whether the halves open frames.</param>
/// <param name="Pairs">In the order of the source.</param>
internal sealed record PairFileModel(string Name, bool IsMeasured, EquatableArray<WrittenPairModel> Pairs)
{
    /// <summary>Whether it takes a list whose type has yet to be written into the assembly.</summary>
    public bool NeedsList => Pairs.Any(static pair => pair.NeedsList);
}

/// <summary>What prepare says of a measured build.</summary>
/// <param name="Everything">Whether what no attribute speaks of is hot.</param>
/// <param name="Plain">What it left plain.</param>
internal sealed record PreparedModel(bool Everything, EquatableArray<PlainModel> Plain);

/// <summary>The table by which a measured assembly registers its hot methods.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Directory">The project's.</param>
/// <param name="Methods">The hot methods that are measured.</param>
/// <param name="Plain">Those that are not.</param>
internal sealed record TableModel(string Assembly, string Directory, EquatableArray<MethodModel> Methods, EquatableArray<PlainModel> Plain);

/// <summary>A file to add to the compilation.</summary>
/// <param name="Name">Unique among those of the generator, without an extension.</param>
/// <param name="Text">All of it.</param>
internal sealed record GeneratedFile(string Name, string Text);
