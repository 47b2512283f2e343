namespace HotPathGen.Tool.Reports;

/// <summary>What a command found, once, for every form it can be printed in.</summary>
/// <param name="Title">What was looked at.</param>
/// <param name="Lead">The result in sentences.</param>
/// <param name="Sections">What matters most first.</param>
/// <param name="Warnings">Why it may mean less than it seems to.</param>
/// <param name="Notes">What one must know to read it.</param>
internal sealed record Report(string Title, string[] Lead, Table[] Sections, string[] Warnings, string[] Notes);
