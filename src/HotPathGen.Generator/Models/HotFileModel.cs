namespace HotPathGen.Generator.Models;

/// <summary>Hot methods of a file, and what is written for them.</summary>
/// <param name="Methods">All that prepare marked in it, or a pair that the user wrote.</param>
/// <param name="File">What is written; null where none of them is one of a pair.</param>
/// <param name="NeedsList">Whether it takes a list whose type has yet to be written into the assembly.</param>
internal sealed record HotFileModel(EquatableArray<MethodModel> Methods, GeneratedFile? File, bool NeedsList);

/// <summary>What prepare says of a measured build.</summary>
/// <param name="Everything">Whether what no attribute speaks of is hot.</param>
/// <param name="Plain">What it left plain.</param>
internal sealed record PreparedModel(bool Everything, EquatableArray<PlainModel> Plain);

/// <summary>A file to add to the compilation.</summary>
/// <param name="Name">Unique among those of the generator, without an extension.</param>
/// <param name="Text">All of it.</param>
internal sealed record GeneratedFile(string Name, string Text);
