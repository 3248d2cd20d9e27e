"""Keras's optimizers with TensorFlow's own update kernels: one operation a variable.

Keras writes an update as a dozen small operations, each of which goes through the whole variable
once more; for small networks that is a third of a training step. The kernels do the same
arithmetic in one pass. Only those are here whose formula is Keras's to the letter: Adagrad's kernel
puts epsilon outside the root, Nadam has none, so these two stay as they are.
"""

from typing import Any

import keras
import tensorflow as tf

_kernels = tf.raw_ops


class FusedSGD(keras.optimizers.SGD):
    """`keras.optimizers.SGD`, with or without (Nesterov) momentum."""

    def update_step(self, gradient: tf.Tensor, variable: Any, learning_rate: tf.Tensor) -> None:
        """One step of one variable; all as in Keras's method."""
        rate = tf.cast(learning_rate, variable.dtype)
        if not self.momentum:
            _kernels.ResourceApplyGradientDescent(var=variable.handle, alpha=rate, delta=gradient)
            return
        _kernels.ResourceApplyKerasMomentum(
            var=variable.handle,
            accum=self.momentums[self._get_variable_index(variable)].value.handle,
            lr=rate,
            grad=gradient,
            momentum=self.momentum,
            use_nesterov=self.nesterov,
        )


class _FusedAdamStep:
    """What Adam and AdamW share: AdamW's decay is done by Keras before, variable by variable."""

    def apply(self: Any, grads: Any, trainable_variables: Any = None) -> None:
        """One step of all variables, which share the powers of both betas."""
        step = tf.cast(self.iterations.value + 1, tf.float32)
        self._powers = tuple(tf.pow(beta, step) for beta in (self.beta_1, self.beta_2))
        super().apply(grads, trainable_variables)  # type: ignore[misc]

    def update_step(
        self: Any, gradient: tf.Tensor, variable: Any, learning_rate: tf.Tensor
    ) -> None:
        """One step of one variable; all as in Keras's method."""
        index = self._get_variable_index(variable)
        beta_1_power, beta_2_power = self._powers
        _kernels.ResourceApplyAdam(
            var=variable.handle,
            m=self._momentums[index].value.handle,
            v=self._velocities[index].value.handle,
            beta1_power=beta_1_power,
            beta2_power=beta_2_power,
            lr=tf.cast(learning_rate, variable.dtype),
            beta1=self.beta_1,
            beta2=self.beta_2,
            epsilon=self.epsilon,
            grad=gradient,
        )


class FusedAdam(_FusedAdamStep, keras.optimizers.Adam):
    """`keras.optimizers.Adam` without `amsgrad`."""


class FusedAdamW(_FusedAdamStep, keras.optimizers.AdamW):
    """`keras.optimizers.AdamW` without `amsgrad`."""


class FusedRMSprop(keras.optimizers.RMSprop):
    """`keras.optimizers.RMSprop`, not centred."""

    def build(self, variables: Any) -> None:
        """The kernel always wants a momentum; where Keras has none, it gets one that is zero.

        It is no variable of the optimizer's, as it holds nothing that a checkpoint would need.
        """
        super().build(variables)
        if not self.momentum:
            self._no_momentum = [tf.Variable(tf.zeros_like(v), trainable=False) for v in variables]

    def update_step(self, gradient: tf.Tensor, variable: Any, learning_rate: tf.Tensor) -> None:
        """One step of one variable; all as in Keras's method."""
        index = self._get_variable_index(variable)
        momentums = [v.value for v in self._momentums] if self.momentum else self._no_momentum
        _kernels.ResourceApplyRMSProp(
            var=variable.handle,
            ms=self._velocities[index].value.handle,
            mom=momentums[index].handle,
            lr=tf.cast(learning_rate, variable.dtype),
            rho=self.rho,
            momentum=float(self.momentum),
            epsilon=self.epsilon,
            grad=gradient,
        )
