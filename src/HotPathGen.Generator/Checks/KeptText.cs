namespace HotPathGen.Generator.Checks;

/// <summary>The parts of a body that its copy repeats letter by letter, with their places. Text between them in the copy was inserted.</summary>
/// <param name="parts">
/// The parts in the order of the copy: where a part starts in the copy, where it starts in the body, and how long it is. Both are counted from 0,
/// where
/// the copy and the body begin.
/// </param>
internal sealed class KeptText(List<(int InCopy, int InBody, int Length)> parts)
{
    /// <summary>The place in the body of a letter of the copy; negative for an inserted letter.</summary>
    public int InBody(int inCopy)
    {
        int low = 0,
            high = parts.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            var (start, original, length) = parts[middle];
            if (inCopy < start)
            {
                high = middle - 1;
            }
            else if (inCopy >= start + length)
            {
                low = middle + 1;
            }
            else
            {
                return original + inCopy - start;
            }
        }

        return -1;
    }

    /// <summary>The place in the copy of a letter of the body; negative for a letter that the copy does not repeat.</summary>
    public int InCopy(int inBody)
    {
        foreach (var (start, original, length) in parts)
        {
            if (inBody >= original && inBody < original + length)
            {
                return start + inBody - original;
            }
        }

        return -1;
    }

    /// <summary>The places of the body that the copy does not repeat, in their order, each with its start and its end.</summary>
    public IEnumerable<(int Start, int End)> Gaps()
    {
        for (int i = 1; i < parts.Count; i++)
        {
            int end = parts[i - 1].InBody + parts[i - 1].Length;
            if (parts[i].InBody > end)
            {
                yield return (end, parts[i].InBody);
            }
        }
    }
}
