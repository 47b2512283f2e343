namespace HotPathGen.Tool.Reports;

/// <summary>The result of a command, in one form from which every output format is made.</summary>
/// <param name="Title">What was examined.</param>
/// <param name="Lead">The result in sentences.</param>
/// <param name="Sections">The tables. The most important comes first.</param>
/// <param name="Warnings">Reasons why the result may mean less than it seems to.</param>
/// <param name="Notes">What one must know to read the result.</param>
internal sealed record Report(string Title, string[] Lead, Table[] Sections, string[] Warnings, string[] Notes);
