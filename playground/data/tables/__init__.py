"""Tables of the user: find out how a text file is written, read it in pieces, keep it as columns of numbers.

``dialect`` looks at the beginning, ``read`` reads the whole, ``columns`` tells numbers from categories, ``advice``
proposes what to predict, ``store`` packs the columns into a block, ``encode`` turns them into inputs and answers.
Only ``store`` and ``encode`` are needed once a table is imported; the others are loaded with the import dialog.
"""
