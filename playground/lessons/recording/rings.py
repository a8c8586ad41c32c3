"""What a step may ring: the controls that a lesson mostly speaks of. Any other object name of the window goes, too."""

from playground.texts import Text

RINGS: tuple[tuple[str, Text], ...] = (
    ("button.run.train", Text("Train")),
    ("button.run.step", Text("Step")),
    ("button.run.reset", Text("Reset")),
    ("button.run.new_weights", Text("New weights")),
    ("run.speed", Text("Speed of training")),
    ("counter.test_loss", Text("The test loss in the run bar")),
    ("panel.data", Text("The data panel")),
    ("data.source.circle", Text("The data set Circle")),
    ("data.points", Text("Number of examples")),
    ("data.noise", Text("Noise")),
    ("data.training_share", Text("Training share")),
    ("data.features.x1_x2", Text("The feature x₁x₂")),
    ("canvas", Text("The whole network")),
    ("network.insert.0", Text("The + before the first layer")),
    ("network.insert.1", Text("The + behind the first layer")),
    ("network.layers.0.activation", Text("Activation of the first layer")),
    ("network.layers.0.units.more", Text("One unit more in the first layer")),
    ("network.layers.1.activation", Text("Activation of the second layer")),
    ("training.loss", Text("Loss function")),
    ("training.optimizer", Text("Optimizer")),
    ("training.optimizer.learning_rate", Text("Learning rate")),
    ("training.batch_size", Text("Batch size")),
    ("training.more", Text("More settings of training")),
    ("panel.output", Text("The output panel")),
    ("view.discretize", Text("The box discretize")),
    ("view.errors_only", Text("The box errors only")),
    ("view.show_test", Text("The box show test data")),
    ("tabs.lower", Text("The tabs below the network")),
    ("panel.messages", Text("The message line")),
)
"""Object names with the words of the list, in the order of the window."""
