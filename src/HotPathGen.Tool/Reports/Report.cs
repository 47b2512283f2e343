namespace HotPathGen.Tool.Reports;

/// <summary>What a command found, once, for every form it can be printed in.</summary>
/// <param name="Title">What was looked at.</param>
/// <param name="Lead">The result in sentences.</param>
/// <param name="Sections">What matters most first.</param>
/// <param name="Warnings">Why it may mean less than it seems to.</param>
/// <param name="Notes">What one must know to read it.</param>
internal sealed record Report(string Title, string[] Lead, ReportSection[] Sections, string[] Warnings, string[] Notes);

/// <param name="Title">What the rows have in common.</param>
/// <param name="Columns">The first is of names and source text, the others are of figures.</param>
/// <param name="Rows">All of them: printers cut.</param>
/// <param name="Summary">What holds of all rows; empty for nothing.</param>
/// <param name="IsDetail">Whether a reader can do without it at first.</param>
internal sealed record ReportSection(string Title, string[] Columns, string[][] Rows, string Summary = "", bool IsDetail = false);
